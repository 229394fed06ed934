package dev.rondo.planning;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one bug for each rollback, at the top of the backlog. It waits a moment for the incident
 * that operating opens about it, so that the bug can name both as its causes; if none comes, the
 * rollback alone is enough.
 */
final class FollowUps {

    static final long PATIENCE_MILLIS = 4000;
    private static final Logger LOG = LoggerFactory.getLogger(FollowUps.class);
    private static final String ACTOR = "rondo:planning";

    private final Store store;
    private final TicketStore tickets;
    private final ScheduledExecutorService later;

    FollowUps(Store store, TicketStore tickets, ScheduledExecutorService later) {
        this.store = store;
        this.tickets = tickets;
        this.later = later;
    }

    private record Open(String project, String rollout, long rollback, long heardAt) {}

    void rolledBack(Tx tx, Event event, Fact.ServiceRolledBack back) {
        int kept =
                tx.sql()
                        .createUpdate(
                                "INSERT INTO planning_follow_ups (project, rollout, version,"
                                        + " environment, service, rollback, number, heard_at)"
                                        + " VALUES (?, ?, ?, ?, ?, ?, 0, ?)"
                                        + " ON CONFLICT DO NOTHING")
                        .bind(0, event.project())
                        .bind(1, back.rollout())
                        .bind(2, back.version())
                        .bind(3, back.environment())
                        .bind(4, back.service())
                        .bind(5, event.seq())
                        .bind(6, Micros.now())
                        .execute();
        if (kept == 1) {
            tx.afterCommit(() -> wait(event.project(), back.rollout(), PATIENCE_MILLIS));
        }
    }

    void detected(Tx tx, Event event, Fact.IncidentDetected incident) {
        var open =
                tx.sql()
                        .createQuery(
                                "SELECT project, rollout, rollback, heard_at"
                                        + " FROM planning_follow_ups WHERE project = ?"
                                        + " AND service = ? AND environment = ? AND version = ?"
                                        + " AND number = 0 ORDER BY rollback DESC LIMIT 1")
                        .bind(0, event.project())
                        .bind(1, incident.service())
                        .bind(2, incident.environment())
                        .bind(3, incident.version())
                        .map((row, ctx) ->
                                new Open(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getLong(3),
                                        row.getLong(4)))
                        .findFirst();
        open.ifPresent(found -> write(tx, found, Optional.of(event)));
    }

    /** Takes up what was waiting when the program ended. */
    void start() {
        for (var open : store.read(FollowUps::waiting)) {
            wait(open.project(), open.rollout(), PATIENCE_MILLIS);
        }
    }

    private static List<Open> waiting(Handle sql) {
        return sql.createQuery(
                        "SELECT project, rollout, rollback, heard_at FROM planning_follow_ups"
                                + " WHERE number = 0")
                .map((row, ctx) ->
                        new Open(
                                row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .list();
    }

    private void wait(String project, String rollout, long millis) {
        later.schedule(() -> withoutIncident(project, rollout), millis, TimeUnit.MILLISECONDS);
    }

    private void withoutIncident(String project, String rollout) {
        try {
            store.update(tx -> {
                TicketStore.lock(tx, project);
                waiting(tx.sql()).stream()
                        .filter(open -> open.project().equals(project))
                        .filter(open -> open.rollout().equals(rollout))
                        .findFirst()
                        .ifPresent(open -> write(tx, open, Optional.empty()));
            });
        } catch (RuntimeException e) {
            LOG.error("the bug for rollout {} of {} could not be written", rollout, project, e);
        }
    }

    private void write(Tx tx, Open open, Optional<Event> incident) {
        var event = JournalReads.find(tx.sql(), open.rollback()).orElseThrow();
        if (!(event.fact() instanceof Fact.ServiceRolledBack back)) {
            throw new IllegalStateException("event " + open.rollback() + " is no rollback");
        }
        var stories = stories(tx.sql(), open.project(), back);
        var causes = new ArrayList<>(List.of(open.rollback()));
        incident.ifPresent(found -> causes.add(found.seq()));
        var wish =
                Wish.titled("bug", cut(BugReport.title(back)))
                        .describedAs(
                                BugReport.text(back, incident.map(FollowUps::incidentOf), stories),
                                List.of("rollback"));
        var made =
                tickets.create(
                        tx,
                        open.project(),
                        ACTOR,
                        wish,
                        new TicketStore.Start(State.BACKLOG, true, causes));
        switch (made) {
            case Outcome.Refused<Ticket> refused ->
                    throw new IllegalStateException("the bug was refused: " + refused.key());
            case Outcome.Done<Ticket> done ->
                    link(tx, open, done.value().number(), back, incident, stories);
        }
    }

    private static void link(
            Tx tx,
            Open open,
            long number,
            Fact.ServiceRolledBack back,
            Optional<Event> incident,
            List<Long> stories) {
        var project = open.project();
        incident.ifPresent(found -> TicketStore.link(tx, project, number, found.subject()));
        TicketStore.link(tx, project, number, Subject.of("release", back.version()));
        TicketStore.link(tx, project, number, Subject.of("rollout", back.rollout()));
        if (!back.commit().isEmpty()) {
            TicketStore.link(tx, project, number, Subject.of("change", back.commit()));
        }
        stories.forEach(
                story -> TicketStore.link(tx, project, number, Subject.of("ticket", story)));
        tx.sql()
                .createUpdate(
                        "UPDATE planning_follow_ups SET number = ? WHERE project = ?"
                                + " AND rollout = ?")
                .bind(0, number)
                .bind(1, project)
                .bind(2, open.rollout())
                .execute();
    }

    /** The items that the bad version brought: of its release, else of its commit. */
    private static List<Long> stories(Handle sql, String project, Fact.ServiceRolledBack back) {
        var numbers = new LinkedHashSet<Long>();
        JournalReads.last(
                        sql, project, Subject.of("release", back.version()), Kind.RELEASE_PUBLISHED)
                .ifPresent(event -> {
                    if (event.fact() instanceof Fact.ReleasePublished release) {
                        numbers.addAll(release.tickets());
                    }
                });
        if (numbers.isEmpty()) {
            numbers.addAll(Commits.numbersOf(sql, project, back.commit()));
        }
        return numbers.stream()
                .filter(number -> TicketReads.find(sql, project, number).isPresent())
                .limit(20)
                .toList();
    }

    private static Fact.IncidentDetected incidentOf(Event event) {
        if (event.fact() instanceof Fact.IncidentDetected incident) {
            return incident;
        }
        throw new IllegalStateException("event " + event.seq() + " is no incident");
    }

    private static String cut(String title) {
        return title.length() <= Ticket.TITLE_MOST
                ? title
                : title.substring(0, Ticket.TITLE_MOST - 1) + "…";
    }
}
