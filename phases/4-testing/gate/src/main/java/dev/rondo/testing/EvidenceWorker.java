package dev.rondo.testing;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.store.Blobs;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import dev.rondo.testing.reports.Limits;
import dev.rondo.testing.reports.Unreadable;
import dev.rondo.web.Json;
import dev.rondo.web.Live;
import dev.rondo.web.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the reports of finished runs and lets the gate decide. What is to do stands in the table
 * {@code testing_runs}; waking only says "look there". Parsing is work for the processor, so it
 * runs on platform threads, few of them. Reading again what was half read is harmless: a run is
 * cleared first, and only the transaction that ends it writes events.
 */
final class EvidenceWorker {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceWorker.class);
    private static final int THREADS = 2;
    private static final int TRIES = 3;
    private static final String ACTOR = "rondo:testing";

    private final Store store;
    private final Journal journal;
    private final Blobs blobs;
    private final Changes changes;
    private final Live live;
    private final Sentences english;
    private final ScheduledExecutorService threads;
    private final Set<RunKey> taken = ConcurrentHashMap.newKeySet();
    private final Map<RunKey, Integer> tries = new ConcurrentHashMap<>();

    EvidenceWorker(
            Store store, Journal journal, Blobs blobs, Changes changes, Live live, Texts texts) {
        this.store = store;
        this.journal = journal;
        this.blobs = blobs;
        this.changes = changes;
        this.live = live;
        this.english = Sentences.of(texts, Locale.ENGLISH);
        var factory = Thread.ofPlatform().name("testing-", 1).daemon(true).factory();
        this.threads = Executors.newScheduledThreadPool(THREADS, factory);
    }

    /** Looks for work soon; never waits. */
    void wake() {
        if (!threads.isShutdown()) {
            threads.execute(this::work);
        }
    }

    /** Lets what is being read come to its end, for a while; the rest is read after a restart. */
    void stop() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            for (var run : store.read(EvidenceReads::waiting)) {
                if (taken.add(run.key())) {
                    try {
                        handle(run);
                    } finally {
                        taken.remove(run.key());
                    }
                    again(run);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("cannot look for runs whose reports are to be read", e);
            threads.schedule(this::wake, 5, TimeUnit.SECONDS);
        }
    }

    /** The run may have ended for a second time while it was being read. */
    private void again(Run run) {
        store.read(sql -> EvidenceReads.run(sql, run.key()))
                .filter(now -> !now.done() && now.place() != run.place())
                .ifPresent(now -> wake());
    }

    private void handle(Run listed) {
        // between the list and here another thread may have ended it
        var run =
                store.read(sql -> EvidenceReads.run(sql, listed.key()))
                        .filter(found -> !found.done());
        if (run.isEmpty()) {
            return;
        }
        try {
            read(run.get());
            tries.remove(listed.key());
        } catch (RuntimeException e) {
            failed(run.get(), e);
        }
        live.publish(
                listed.key().project(),
                Subject.of("pipelinerun", listed.key().run()),
                "testing",
                "");
        live.publish(listed.key().project(), "testing", "");
    }

    private void read(Run run) {
        var project = run.key().project();
        var faults = new ArrayList<Evidence.Fault>();
        var paths = paths(project, run.commit(), faults);
        var evidence =
                new RunReading(store, blobs, changes, Limits.STANDARD, run).read(paths, faults);
        var rulesFrom = rulesFrom(run);
        end(run, evidence, decide(project, rulesFrom, evidence), rulesFrom);
    }

    private ReportPaths paths(String project, String commit, List<Evidence.Fault> faults) {
        try {
            return changes.settings(project, commit, ReportPaths.FILE)
                    .map(ReportPaths::parse)
                    .orElse(ReportPaths.STANDARD);
        } catch (Unreadable e) {
            faults.add(new Evidence.Fault(ReportPaths.FILE, e.problem()));
            return ReportPaths.STANDARD;
        }
    }

    /** A decision that somebody asks for again goes by what the branch says by now. */
    private String rulesFrom(Run run) {
        return run.askedBy().isEmpty()
                ? run.commit()
                : changes.head(run.key().project(), run.ref()).orElse(run.commit());
    }

    private Decision decide(String project, String commit, Evidence evidence) {
        try {
            var rules =
                    changes.settings(project, commit, GateRules.FILE)
                            .map(GateRules::parse)
                            .orElse(GateRules.STANDARD);
            return Gate.decide(rules, evidence);
        } catch (Unreadable e) {
            return Gate.broken(GateRules.FILE, e.problem());
        }
    }

    private void end(Run run, Evidence evidence, Decision decision, String rulesFrom) {
        store.update(tx -> {
            var now = EvidenceReads.run(tx.sql(), run.key());
            boolean newer = now.map(found -> found.place() != run.place()).orElse(true);
            if (newer || now.map(Run::done).orElse(true)) {
                return;
            }
            long suite = run.suiteSeq();
            if (suite == 0 && evidence.reports() > 0) {
                suite = tell(tx, run, evidence);
            }
            EvidenceStore.done(tx.sql(), run.key(), decision.verdict(), suite);
            var event = decided(tx, run, decision, suite);
            EvidenceStore.decided(
                    tx.sql(),
                    run.key(),
                    event,
                    decision.verdict(),
                    Json.write(decision.reasons()),
                    rulesFrom);
            EvidenceStore.forget(tx.sql(), run.key().project());
        });
    }

    private long tell(Tx tx, Run run, Evidence evidence) {
        long micros = EvidenceReads.micros(tx.sql(), run.key());
        var counts = evidence.counts();
        var levels = new HashMap<String, Integer>();
        evidence.testsByLevel().forEach((level, count) -> levels.put(level.word(), count));
        var findings = new HashMap<String, Integer>();
        evidence.findings()
                .all()
                .forEach((severity, count) -> findings.put(severity.word(), count));
        var fact =
                new Fact.TestSuiteRunFinished(
                        run.key().run(),
                        run.commit(),
                        counts.tests(),
                        counts.tests() - counts.failed() - counts.errors() - counts.skipped(),
                        counts.failed(),
                        counts.errors(),
                        counts.skipped(),
                        micros / 1000,
                        levels,
                        evidence.coverage().covered(),
                        evidence.coverage().total(),
                        findings);
        return journal.append(
                        tx,
                        new Draft(
                                run.key().project(),
                                Subject.of("testsuiterun", run.key().run()),
                                ACTOR,
                                fact),
                        EvidenceReads.causes(tx.sql(), run.key()))
                .seq();
    }

    private Event decided(Tx tx, Run run, Decision decision, long suite) {
        var reasons = decision.reasons().stream().map(reason -> reason.in(english)).toList();
        var fact =
                new Fact.GateDecided(
                        run.key().run(),
                        run.commit(),
                        run.ref(),
                        run.defaultBranch(),
                        decision.verdict(),
                        reasons);
        var causes = new ArrayList<Long>();
        causes.add(run.place());
        if (suite > 0) {
            causes.add(suite);
        }
        return journal.append(
                tx,
                new Draft(
                        run.key().project(),
                        Subject.of("gate", run.key().run()),
                        run.askedBy().isEmpty() ? ACTOR : run.askedBy(),
                        fact),
                causes);
    }

    /** Our own fault: tried again, and in the end the gate stays shut and says so. */
    private void failed(Run run, RuntimeException e) {
        int count = tries.merge(run.key(), 1, Integer::sum);
        LOG.error("reading the reports of run {} failed, try {}", run.key(), count, e);
        if (count < TRIES) {
            threads.schedule(this::wake, 2L * count, TimeUnit.SECONDS);
            return;
        }
        tries.remove(run.key());
        var evidence =
                new Evidence(
                        run.outcome(),
                        0,
                        List.of(),
                        new Evidence.Counts(0, 0, 0, 0),
                        Map.of(),
                        Evidence.Bad.NONE,
                        Evidence.Coverage.NONE,
                        Evidence.Findings.NONE);
        var decision = new Decision(false, List.of(Reason.bad("testing.gate.internal")));
        try {
            end(run, evidence, decision, run.commit());
        } catch (RuntimeException again) {
            LOG.error("the gate of run {} cannot be shut", run.key(), again);
        }
    }
}
