package dev.rondo.planning;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sprints: planned, then active (one at a time in a project), then finished. */
final class SprintStore {

    static final int NAME_MOST = 80;
    private static final int GOAL_MOST = 2000;
    private static final int BURNDOWN_MOST = 2000;
    private static final String SELECT =
            "SELECT id, name, goal, state, starts_at, ends_at, created_at FROM planning_sprints ";

    private final Journal journal;

    SprintStore(Journal journal) {
        this.journal = journal;
    }

    Outcome<Sprint> create(
            Tx tx, String project, String actor, String name, String goal, Instant endsAt) {
        if (name.isBlank() || name.length() > NAME_MOST) {
            return Outcome.refused("planning.sprint.name", "name", NAME_MOST);
        }
        if (goal.length() > GOAL_MOST) {
            return Outcome.refused("planning.sprint.goal.long", "goal", GOAL_MOST);
        }
        var id = Ids.next();
        tx.sql()
                .createUpdate(
                        "INSERT INTO planning_sprints (id, project, name, goal, state, starts_at,"
                                + " ends_at, created_at) VALUES (?, ?, ?, ?, ?, 0, ?, ?)")
                .bind(0, id)
                .bind(1, project)
                .bind(2, name.strip())
                .bind(3, goal.strip())
                .bind(4, Sprint.PLANNED)
                .bind(5, Micros.of(endsAt))
                .bind(6, Micros.now())
                .execute();
        tell(tx, project, actor, new Fact.SprintChanged(id, name.strip(), Sprint.PLANNED));
        return Outcome.done(find(tx.sql(), project, id).orElseThrow());
    }

    /** Goes on: planned to active, active to finished. What is left open leaves the sprint. */
    Outcome<Sprint> advance(Tx tx, String project, String id, String actor, String to) {
        TicketStore.lock(tx, project);
        var found = find(tx.sql(), project, id);
        if (found.isEmpty()) {
            return Outcome.refused("planning.sprint.missing", "sprint");
        }
        var sprint = found.get();
        boolean starts = sprint.state().equals(Sprint.PLANNED) && to.equals(Sprint.ACTIVE);
        boolean ends = sprint.state().equals(Sprint.ACTIVE) && to.equals(Sprint.FINISHED);
        if (!starts && !ends) {
            return Outcome.refused("planning.sprint.step", "state");
        }
        var active = active(tx.sql(), project);
        if (starts && active.isPresent()) {
            return Outcome.refused("planning.sprint.running", "state", active.get().name());
        }
        note(tx, id);
        tx.sql()
                .createUpdate(
                        "UPDATE planning_sprints SET state = ?, "
                                + (starts ? "starts_at" : "ends_at")
                                + " = ? WHERE id = ?")
                .bind(0, to)
                .bind(1, Micros.now())
                .bind(2, id)
                .execute();
        if (ends) {
            tx.sql()
                    .createUpdate(
                            "UPDATE planning_tickets SET sprint = '' WHERE project = ?"
                                    + " AND sprint = ? AND open = 1")
                    .bind(0, project)
                    .bind(1, id)
                    .execute();
        }
        tell(tx, project, actor, new Fact.SprintChanged(id, sprint.name(), to));
        return Outcome.done(find(tx.sql(), project, id).orElseThrow());
    }

    /** Notes what is left of a sprint that runs, for its burndown. */
    void note(Tx tx, String sprint) {
        if (sprint.isEmpty()) {
            return;
        }
        tx.sql()
                .createUpdate(
                        "INSERT INTO planning_burndown (sprint, at, points, remaining, tickets,"
                                + " tickets_left) SELECT :sprint, :now,"
                                + " COALESCE(SUM(CASE WHEN estimate > 0 THEN estimate ELSE 0 END),"
                                + " 0), COALESCE(SUM(CASE WHEN estimate > 0 AND open = 1"
                                + " THEN estimate ELSE 0 END), 0), COUNT(*),"
                                + " COALESCE(SUM(open), 0) FROM planning_tickets"
                                + " WHERE sprint = :sprint AND type <> 'epic'"
                                + " ON CONFLICT (sprint, at) DO UPDATE SET"
                                + " points = excluded.points, remaining = excluded.remaining,"
                                + " tickets = excluded.tickets,"
                                + " tickets_left = excluded.tickets_left")
                .bind("sprint", sprint)
                .bind("now", Micros.now())
                .execute();
    }

    /** One moment of a sprint. */
    record Left(Instant at, long points, long remaining, long tickets, long ticketsLeft) {}

    static List<Left> burndown(Handle sql, String sprint) {
        return sql.createQuery(
                        "SELECT at, points, remaining, tickets, tickets_left"
                                + " FROM planning_burndown WHERE sprint = ? ORDER BY at LIMIT ?")
                .bind(0, sprint)
                .bind(1, BURNDOWN_MOST)
                .map((row, ctx) ->
                        new Left(
                                Micros.toInstant(row.getLong(1)),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5)))
                .list();
    }

    static Optional<Sprint> find(Handle sql, String project, String id) {
        return select(sql, "WHERE project = ? AND id = ?", project, id).stream().findFirst();
    }

    static Optional<Sprint> active(Handle sql, String project) {
        return select(sql, "WHERE project = ? AND state = ?", project, Sprint.ACTIVE).stream()
                .findFirst();
    }

    /** Newest first. */
    static List<Sprint> list(Handle sql, String project) {
        return select(sql, "WHERE project = ? ORDER BY created_at DESC LIMIT 200", project);
    }

    /** Those that items can be put into. */
    static List<Sprint> unfinished(Handle sql, String project) {
        return select(
                sql,
                "WHERE project = ? AND state <> ? ORDER BY created_at LIMIT 50",
                project,
                Sprint.FINISHED);
    }

    private static List<Sprint> select(Handle sql, String where, Object... args) {
        var query = sql.createQuery(SELECT + where);
        for (int i = 0; i < args.length; i++) {
            query.bind(i, args[i]);
        }
        return query.map((row, ctx) ->
                        new Sprint(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                Micros.toInstant(row.getLong(5)),
                                Micros.toInstant(row.getLong(6)),
                                Micros.toInstant(row.getLong(7))))
                .list();
    }

    private void tell(Tx tx, String project, String actor, Fact.SprintChanged fact) {
        journal.append(tx, new Draft(project, Subject.of("sprint", fact.sprint()), actor, fact));
    }
}
