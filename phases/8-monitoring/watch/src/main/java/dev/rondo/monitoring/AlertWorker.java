package dev.rondo.monitoring;

import dev.rondo.git.Repositories;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.journal.Wording;
import dev.rondo.monitoring.Alert.State;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import dev.rondo.web.Live;
import dev.rondo.web.Texts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every alert rule once a second, and reads the rules of a project after a push. Alerts
 * that are not fine have a row, so that after a restart they are neither fired again nor forgotten.
 */
final class AlertWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWorker.class);
    private static final long PERIOD = 1_000_000;

    private final Store store;
    private final Journal journal;
    private final Means means;
    private final Semaphore wakes = new Semaphore(0);
    private final Map<AlertStore.Key, Alert> alerts = new HashMap<>();
    private final Map<String, List<AlertRule>> rules = new HashMap<>();
    private List<ServiceStore.Watched> services = List.of();
    private List<Silence> silences = List.of();
    private final Thread thread;
    private volatile long sampled;
    private volatile boolean stale = true;
    private volatile boolean stopped;
    private long looked;

    /** What the worker works with beside the database. */
    record Means(Texts texts, Live live, Repositories repositories, ServiceReads reads) {}

    AlertWorker(Store store, Journal journal, Sampler sampler, Means means) {
        this.store = store;
        this.journal = journal;
        this.means = means;
        this.thread = Thread.ofPlatform().daemon().name("monitoring-alerts").unstarted(this::run);
        sampler.onSampled(at -> {
            sampled = at;
            wakes.release();
        });
    }

    void start() {
        thread.start();
    }

    /** Services, rules or silences have changed. */
    void wake() {
        stale = true;
        wakes.release();
    }

    private void run() {
        while (!stopped) {
            try {
                wakes.acquire();
                wakes.drainPermits();
                if (stale) {
                    stale = false;
                    readPushes();
                    readRows();
                }
                var now = sampled;
                if (now - looked >= PERIOD) {
                    looked = now;
                    lookAtAll(now);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                stale = true;
                LOG.error("looking at the alert rules failed; it is tried again", e);
            }
        }
    }

    private void readPushes() {
        for (var push : store.read(AlertStore::pushes)) {
            var content =
                    means.repositories()
                            .find(push.project())
                            .flatMap(repository ->
                                    repository.file(
                                            push.revision(), AlertFile.PATH, AlertFile.BYTES))
                            .map(blob -> blob.text())
                            .orElse("");
            Optional<AlertFile.Read.Bad> problem =
                    AlertFile.read(content) instanceof AlertFile.Read.Bad bad
                            ? Optional.of(bad)
                            : Optional.empty();
            store.update(tx -> AlertStore.put(tx.sql(), push, content, problem));
        }
    }

    private void readRows() {
        services = store.read(sql -> ServiceStore.of(sql, ""));
        rules.clear();
        for (var service : services) {
            rules.computeIfAbsent(
                    service.key().project(),
                    project -> store.read(sql -> AlertStore.rules(sql, project)));
        }
        silences = store.read(sql -> SilenceStore.lasting(sql, "", Micros.now()));
        alerts.clear();
        store.read(sql -> AlertStore.active(sql, ""))
                .forEach(row -> alerts.put(row.key(), row.alert()));
    }

    private void lookAtAll(long now) {
        var looked = new HashSet<AlertStore.Key>();
        for (var service : services) {
            var moment = means.reads().new Moment(service.key(), now);
            for (var rule : rules.getOrDefault(service.key().project(), List.of())) {
                if (rule.holdsFor(service.key())) {
                    var key = new AlertStore.Key(rule.name(), service.key());
                    looked.add(key);
                    look(key, rule, service, moment.see(rule), now);
                }
            }
        }
        // An alert whose rule is gone must not fire for ever.
        for (var left : List.copyOf(alerts.entrySet())) {
            if (!looked.contains(left.getKey())) {
                change(left.getKey(), AlertRule.USUAL.getFirst(), 0, left.getValue(), Alert.FINE);
            }
        }
    }

    private void look(
            AlertStore.Key key,
            AlertRule rule,
            ServiceStore.Watched service,
            Alert.Seen seen,
            long now) {
        var before = alerts.getOrDefault(key, Alert.FINE);
        var after = before.next(rule, seen, now);
        boolean due =
                after.state() == State.FIRING && after.muted() && !isSilenced(key, rule, after);
        if (!after.equals(before) || due) {
            change(key, rule, service.seq(), before, after);
        }
    }

    /** By the clock of people: a silence ends when they said, whatever the samples' time is. */
    private boolean isSilenced(AlertStore.Key key, AlertRule rule, Alert alert) {
        return silence(key, rule, alert).isPresent();
    }

    private Optional<Silence> silence(AlertStore.Key key, AlertRule rule, Alert alert) {
        return silences.isEmpty()
                ? Optional.empty()
                : Silence.of(key, rule.severity(), alert.version(), silences, Micros.now());
    }

    private void change(
            AlertStore.Key key, AlertRule rule, long serviceSeq, Alert before, Alert after) {
        var kept =
                store.<Alert, RuntimeException>write(tx -> {
                    var alert = after;
                    boolean begins = before.state() != State.FIRING;
                    if (after.state() == State.FIRING && (begins || after.muted())) {
                        var silence = silence(key, rule, after);
                        // What is muted already is not recorded twice.
                        if (begins || silence.isEmpty()) {
                            var draft =
                                    draft(key, fact(key, rule, after, silence))
                                            .saying(wording(key, rule, after.value()));
                            alert =
                                    after.fired(
                                            fire(tx, key, draft, serviceSeq, after),
                                            silence.isPresent());
                        }
                    } else if (before.state() == State.FIRING && after.state() == State.FINE) {
                        resolve(tx, key, before);
                    }
                    AlertStore.put(
                            tx.sql(),
                            new AlertStore.Row(
                                    key,
                                    alert,
                                    rule.threshold(),
                                    rule.severity(),
                                    summary(key, rule, alert.value()),
                                    wording(key, rule, alert.value())));
                    return alert;
                });
        if (kept.state() == State.FINE) {
            alerts.remove(key);
        } else {
            alerts.put(key, kept);
        }
        if (before.state() != after.state()) {
            means.live().publish(key.service().project(), key.service().subject(), "alert", "");
        }
    }

    private Fact fact(AlertStore.Key key, AlertRule rule, Alert alert, Optional<Silence> silence) {
        var service = key.service();
        var summary = summary(key, rule, alert.value());
        LOG.info(
                "alert {} fires for {}: {}{}",
                rule.name(),
                service,
                alert.value(),
                silence.map(s -> ", silenced by " + s.account()).orElse(""));
        return silence.<Fact>map(s ->
                        new Fact.AlertSilenced(
                                rule.name(),
                                service.service(),
                                service.environment(),
                                alert.version(),
                                summary,
                                alert.value(),
                                rule.threshold(),
                                s.id()))
                .orElseGet(() ->
                        new Fact.AlertFired(
                                rule.name(),
                                service.service(),
                                service.environment(),
                                alert.version(),
                                summary,
                                alert.value(),
                                rule.threshold()));
    }

    private long fire(Tx tx, AlertStore.Key key, Draft draft, long serviceSeq, Alert alert) {
        var service = key.service();
        var causes = new TreeSet<Long>();
        if (alert.firedSeq() > 0) {
            causes.add(alert.firedSeq());
        }
        if (serviceSeq > 0) {
            causes.add(serviceSeq);
        }
        JournalReads.last(tx.sql(), service.project(), service.subject())
                .ifPresent(event -> causes.add(event.seq()));
        return journal.append(tx, draft, causes).seq();
    }

    private void resolve(Tx tx, AlertStore.Key key, Alert alert) {
        var service = key.service();
        LOG.info("alert {} of {} is resolved", key.rule(), service);
        var ignored =
                journal.append(
                        tx,
                        draft(
                                key,
                                new Fact.AlertResolved(
                                        key.rule(),
                                        service.service(),
                                        service.environment(),
                                        alert.value())),
                        alert.firedSeq() > 0 ? List.of(alert.firedSeq()) : List.of());
    }

    private static Draft draft(AlertStore.Key key, Fact fact) {
        var service = key.service();
        return new Draft(
                service.project(),
                Subject.of(
                        "alert",
                        key.rule() + "@" + service.service() + "/" + service.environment()),
                "rondo:monitoring",
                fact);
    }

    /** What the rule's author wrote, or the usual sentence. */
    private String summary(AlertStore.Key key, AlertRule rule, double value) {
        if (!rule.summary().isEmpty()) {
            return rule.summary();
        }
        return means.texts().say(Locale.ENGLISH, wording(key, rule, value), "");
    }

    /** Nothing for the sentence of a rule's author, which stands as it is. */
    private static Optional<Wording> wording(AlertStore.Key key, AlertRule rule, double value) {
        return rule.summary().isEmpty()
                ? Optional.of(
                        Wording.of(
                                "monitoring.alert.summary." + rule.figure().word(),
                                value,
                                rule.threshold(),
                                key.service().service(),
                                key.service().environment()))
                : Optional.empty();
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
