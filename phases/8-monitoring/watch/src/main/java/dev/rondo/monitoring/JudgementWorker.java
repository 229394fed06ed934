package dev.rondo.monitoring;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.journal.Wording;
import dev.rondo.monitoring.judgement.Judge;
import dev.rondo.monitoring.judgement.Look;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.web.Live;
import dev.rondo.web.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the open judgements after each batch of samples and gives their verdicts. The rows say
 * what is open; what a judgement has seen is told to its judge again from the store of metrics, so
 * that it goes on after a restart as if nothing had been.
 */
final class JudgementWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JudgementWorker.class);

    /** The stable version's time before the judgement that shows what is usual. */
    private static final long BEFORE = 900_000_000;

    /** More looks than this are thinned out before they are kept. */
    private static final int COURSE = 400;

    private final Store store;
    private final Journal journal;
    private final Texts texts;
    private final Live live;
    private final Sampler sampler;
    private final TrafficReads traffic;
    private final Semaphore wakes = new Semaphore(0);
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile long sampled;
    private volatile boolean stale = true;
    private volatile boolean stopped;

    /** What the worker works with beside the database. */
    record Means(Texts texts, Live live, Sampler sampler, TrafficReads traffic) {}

    JudgementWorker(Store store, Journal journal, Means means) {
        this.store = store;
        this.journal = journal;
        this.texts = means.texts();
        this.live = means.live();
        this.sampler = means.sampler();
        this.traffic = means.traffic();
        this.thread = Thread.ofPlatform().daemon().name("monitoring-judge").unstarted(this::run);
        sampler.onSampled(this::sampled);
    }

    /** A judgement that is under way, with its looks so far. */
    private static final class Running {

        private final Judgement judgement;
        private final Judge judge;
        private final TrafficReads.Steps steps;
        private final List<JudgementReport.Point> course = new ArrayList<>();
        private volatile JudgementReport report = JudgementReport.NONE;
        private long firstLook;

        Running(Judgement judgement, TrafficReads traffic) {
            this.judgement = judgement;
            this.judge =
                    new Judge(
                            judgement.rules(),
                            traffic.ofVersion(
                                    judgement.key(),
                                    judgement.stable(),
                                    judgement.since() - BEFORE,
                                    judgement.since()));
            this.steps =
                    traffic
                    .new Steps(
                            judgement.key(),
                            judgement.stable(),
                            judgement.candidate(),
                            judgement.since());
        }

        /**
         * How long it has waited, in microseconds. After a restart the time begins anew: what no
         * Rondo was there to see is not held against the candidate.
         */
        private long patience(long now) {
            if (firstLook == 0) {
                firstLook = Math.max(now, judgement.since());
            }
            return Math.max(0, now - firstLook);
        }

        Look look(long now) {
            for (var step : steps.until(now)) {
                judge.tell(step.stable(), step.candidate());
            }
            var look = judge.look(patience(now) / 1e6);
            var stable = look.stable().total();
            var candidate = look.candidate().total();
            course.add(
                    new JudgementReport.Point(
                            now,
                            stable.requests(),
                            stable.errors(),
                            candidate.requests(),
                            candidate.errors(),
                            look.evidence(),
                            look.slowness()));
            if (course.size() > COURSE) {
                for (int i = course.size() - 2; i > 0; i -= 2) {
                    course.remove(i);
                }
            }
            report = JudgementReport.of(look, course);
            return look;
        }
    }

    void start() {
        thread.start();
    }

    /** The rows have changed: judgements were asked for or withdrawn. */
    void wake() {
        stale = true;
        wakes.release();
    }

    private void sampled(long at) {
        sampled = at;
        wakes.release();
    }

    /** How an open judgement stands right now, if this process has looked at it already. */
    Optional<JudgementReport> progress(String id) {
        return Optional.ofNullable(running.get(id)).map(r -> r.report);
    }

    private void run() {
        while (!stopped) {
            try {
                wakes.acquire();
                wakes.drainPermits();
                if (stale) {
                    stale = false;
                    readRows();
                }
                var now = sampled;
                if (now > 0) {
                    running.values().forEach(one -> look(one, now));
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                stale = true;
                LOG.error("judging failed; it is tried again with the next samples", e);
            }
        }
    }

    private void readRows() {
        var open = new LinkedHashMap<String, Judgement>();
        store.read(JudgementStore::open).forEach(j -> open.put(j.id(), j));
        running.keySet().retainAll(open.keySet());
        open.forEach((id, judgement) ->
                running.computeIfAbsent(
                        id,
                        key -> {
                            LOG.info(
                                    "judging {} {} against {} of {}",
                                    judgement.key().service(),
                                    judgement.candidate(),
                                    judgement.stable(),
                                    judgement.key().environment());
                            return new Running(judgement, traffic);
                        }));
        sampler.hurry(!running.isEmpty());
    }

    private void look(Running one, long now) {
        var look = one.look(now);
        var judgement = one.judgement;
        if (look.state() != Look.State.WAITING) {
            give(judgement, look, one.report);
            running.remove(judgement.id());
            sampler.hurry(!running.isEmpty());
        }
        live.publish(judgement.key().project(), judgement.key().subject(), "judgement", "");
    }

    private static Optional<Wording> wording(Look look) {
        var sentences =
                look.reasons().stream()
                        .map(reason ->
                                new Wording(
                                        "monitoring.reason." + reason.key(), reason.arguments()))
                        .toList();
        return sentences.isEmpty() ? Optional.empty() : Optional.of(Wording.all(sentences));
    }

    private void give(Judgement judgement, Look look, JudgementReport report) {
        var verdict = look.state().name().toLowerCase(Locale.ROOT);
        var reasons = look.reasons().stream().map(r -> sentence(Locale.ENGLISH, r)).toList();
        var key = judgement.key();
        var given =
                new Fact.JudgementGiven(
                        judgement.rollout(),
                        judgement.step(),
                        key.service(),
                        key.environment(),
                        judgement.stable(),
                        judgement.candidate(),
                        verdict,
                        reasons,
                        sample(judgement.stable(), report.stable()),
                        sample(judgement.candidate(), report.candidate()),
                        report.worstRoute(),
                        report.worstRouteErrorRatio());
        store.update(tx -> {
            if (JudgementStore.end(tx.sql(), judgement.id(), verdict, report, Micros.now())) {
                var ignored =
                        journal.append(
                                tx,
                                new Draft(
                                                key.project(),
                                                Subject.of("rollout", judgement.rollout()),
                                                "rondo:monitoring",
                                                given)
                                        .saying(wording(look)),
                                List.of(judgement.seq()));
            }
        });
        LOG.info("judged {} {}: {} {}", key.service(), judgement.candidate(), verdict, reasons);
    }

    private String sentence(Locale language, dev.rondo.monitoring.judgement.Reason reason) {
        return texts.say(
                language, "monitoring.reason." + reason.key(), reason.arguments().toArray());
    }

    private static Fact.TrafficSample sample(String version, JudgementReport.Side side) {
        return new Fact.TrafficSample(
                version, side.requests(), side.errors(), side.p50(), side.p95(), side.p99());
    }

    @Override
    public void close() {
        stopped = true;
        wakes.release();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
