package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.JournalReads.Direction;
import dev.rondo.journal.Kind;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Gathers the evidence for {@link Dora} by following the edges of the journal. */
final class DoraReads {

    /** At most so many events of a kind are looked at, and so many of one cause's neighbourhood. */
    private static final int EVENTS = 2_000;

    private static final int NEIGHBOURHOOD = 600;

    private final Store store;

    DoraReads(Store store) {
        this.store = store;
    }

    /**
     * @param environment whose deployments count, usually {@code production}
     */
    Dora of(String project, String environment, int days) {
        long since = Micros.of(Instant.now().minus(Duration.ofDays(days)));
        return store.read(sql ->
                new Dora(
                        days,
                        deployments(sql, project, environment, since),
                        changes(sql, project, environment, since),
                        restorations(sql, project, environment, since)));
    }

    private static List<Dora.Deployment> deployments(
            Handle sql, String project, String environment, long since) {
        var failures = failuresByRollout(sql, project, since);
        var started = new HashMap<String, Event>();
        for (var event : JournalReads.ofKind(sql, project, Kind.ROLLOUT_STARTED, since, EVENTS)) {
            started.put(event.subject().id(), event);
        }
        var deployments = new ArrayList<Dora.Deployment>();
        for (var end : JournalReads.ofKind(sql, project, Kind.ROLLOUT_FINISHED, since, EVENTS)) {
            var fact = (Fact.RolloutFinished) end.fact();
            var start = started.get(end.subject().id());
            if (start == null
                    || !fact.environment().equals(environment)
                    || fact.outcome().equals("aborted")) {
                continue;
            }
            var failure = Optional.ofNullable(failures.get(fact.rollout()));
            deployments.add(
                    new Dora.Deployment(
                            start,
                            end,
                            fact.version(),
                            failure.isEmpty() && !fact.outcome().equals("completed")
                                    ? Optional.of(end)
                                    : failure));
        }
        return deployments;
    }

    /** Rollbacks by their rollout; incidents by the rollouts among what led to them. */
    private static Map<String, Event> failuresByRollout(Handle sql, String project, long since) {
        var failures = new HashMap<String, Event>();
        for (var back : JournalReads.ofKind(sql, project, Kind.SERVICE_ROLLEDBACK, since, EVENTS)) {
            failures.put(((Fact.ServiceRolledBack) back.fact()).rollout(), back);
        }
        for (var incident :
                JournalReads.ofKind(sql, project, Kind.INCIDENT_DETECTED, since, EVENTS)) {
            nearestRollout(sql, incident).ifPresent(id -> failures.putIfAbsent(id, incident));
        }
        return failures;
    }

    /** Of all rollouts that led to an incident only the last one is to blame. */
    private static Optional<String> nearestRollout(Handle sql, Event incident) {
        return JournalReads.thread(sql, List.of(incident.seq()), Direction.CAUSES, NEIGHBOURHOOD)
                .values()
                .stream()
                .filter(event -> event.kind().equals(Kind.ROLLOUT_STARTED.word()))
                .reduce((one, other) -> one.seq() > other.seq() ? one : other)
                .map(event -> event.subject().id());
    }

    private static List<Dora.Change> changes(
            Handle sql, String project, String environment, long since) {
        var changes = new ArrayList<Dora.Change>();
        var known = new HashSet<String>();
        for (var live : JournalReads.ofKind(sql, project, Kind.SERVICE_DEPLOYED, since, EVENTS)) {
            if (!((Fact.ServiceDeployed) live.fact()).environment().equals(environment)) {
                continue;
            }
            JournalReads.thread(sql, List.of(live.seq()), Direction.CAUSES, NEIGHBOURHOOD)
                    .values()
                    .forEach(event -> {
                        if (event.fact() instanceof Fact.ChangePushed push) {
                            addChanges(changes, known, live, event, push);
                        }
                    });
        }
        return changes;
    }

    private static void addChanges(
            List<Dora.Change> changes,
            HashSet<String> known,
            Event live,
            Event push,
            Fact.ChangePushed pushed) {
        for (var commit : pushed.commits()) {
            if (known.add(commit.id())) {
                var lead = Duration.between(Micros.toInstant(commit.authoredAt()), live.at());
                changes.add(
                        new Dora.Change(
                                commit.id(),
                                commit.subject(),
                                push,
                                live,
                                lead.isNegative() ? Duration.ZERO : lead));
            }
        }
    }

    private static List<Dora.Restoration> restorations(
            Handle sql, String project, String environment, long since) {
        var restorations = new ArrayList<Dora.Restoration>();
        for (var event : JournalReads.ofKind(sql, project, Kind.INCIDENT_RESOLVED, since, EVENTS)) {
            var fact = (Fact.IncidentResolved) event.fact();
            if (fact.environment().isEmpty() || fact.environment().equals(environment)) {
                restorations.add(
                        new Dora.Restoration(
                                event,
                                fact.number(),
                                Duration.between(Micros.toInstant(fact.detectedAt()), event.at())));
            }
        }
        return restorations;
    }
}
