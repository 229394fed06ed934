package dev.rondo.deploying;

import dev.rondo.deploying.Rollout.Course;
import dev.rondo.deploying.RolloutState.AtStep;
import dev.rondo.deploying.RolloutState.Finished;
import dev.rondo.deploying.RolloutState.Outcome;
import dev.rondo.deploying.RolloutState.Restoring;
import dev.rondo.deploying.RolloutState.Reverting;
import dev.rondo.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table deploying_rollouts. */
final class RolloutStore {

    private static final String SELECT = "SELECT * FROM deploying_rollouts ";

    private RolloutStore() {}

    static void insert(Handle sql, Rollout rollout) {
        var place = rollout.place();
        sql.createUpdate(
                        "INSERT INTO deploying_rollouts (id, project, service, environment,"
                                + " version, from_version, commit_id, artifact, tickets, delivery,"
                                + " course, state, step, since, weight, weight_since, outcome,"
                                + " reason, judgement, actor, event, created_at, finished_at,"
                                + " active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', -1,"
                                + " 0, 0, 0, '', '', 0, ?, ?, ?, 0, 0)")
                .bind(0, rollout.id())
                .bind(1, place.project())
                .bind(2, place.service())
                .bind(3, place.environment())
                .bind(4, rollout.version())
                .bind(5, rollout.from())
                .bind(6, rollout.source().commit())
                .bind(7, rollout.source().artifact())
                .bind(8, numbers(rollout.source().tickets()))
                .bind(9, rollout.source().delivery())
                .bind(10, rollout.course().name().toLowerCase(Locale.ROOT))
                .bind(11, rollout.marks().actor())
                .bind(12, rollout.marks().event())
                .bind(13, rollout.marks().createdAt())
                .execute();
    }

    /** Holds the rollout's row until the commit, so that decisions come one after another. */
    static Optional<Rollout> lock(Handle sql, String id) {
        sql.createUpdate("UPDATE deploying_rollouts SET step = step WHERE id = ?")
                .bind(0, id)
                .execute();
        return find(sql, id);
    }

    static Optional<Rollout> find(Handle sql, String id) {
        return sql.createQuery(SELECT + "WHERE id = ?")
                .bind(0, id)
                .map(RolloutStore::row)
                .findFirst();
    }

    /** All that are not over, oldest first. */
    static List<Rollout> open(Handle sql) {
        return sql.createQuery(SELECT + "WHERE finished_at = 0 ORDER BY id")
                .map(RolloutStore::row)
                .list();
    }

    static List<Rollout> open(Handle sql, Place place) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = ? AND service = ? AND environment = ?"
                                + " AND finished_at = 0 ORDER BY id")
                .bind(0, place.project())
                .bind(1, place.service())
                .bind(2, place.environment())
                .map(RolloutStore::row)
                .list();
    }

    static List<Rollout> ofVersion(Handle sql, String project, String version, int limit) {
        return sql.createQuery(
                        SELECT + "WHERE project = ? AND version = ? ORDER BY id DESC LIMIT ?")
                .bind(0, project)
                .bind(1, version)
                .bind(2, limit)
                .map(RolloutStore::row)
                .list();
    }

    /** A page of a project's rollouts, newest first, behind one. */
    static List<Rollout> before(Handle sql, String project, String id, int limit) {
        return sql.createQuery(SELECT + "WHERE project = ? AND id < ? ORDER BY id DESC LIMIT ?")
                .bind(0, project)
                .bind(1, id.isEmpty() ? "~" : id)
                .bind(2, limit)
                .map(RolloutStore::row)
                .list();
    }

    /** A page of a project's rollouts in the order that its place asks for. */
    static List<Rollout> page(Handle sql, String project, Paging paging) {
        if (!paging.backwards()) {
            return before(sql, project, paging.key().orElse(""), paging.limit());
        }
        return sql.createQuery(SELECT + "WHERE project = ? AND id > ? ORDER BY id LIMIT ?")
                .bind(0, project)
                .bind(1, paging.key().orElse(""))
                .bind(2, paging.limit())
                .map(RolloutStore::row)
                .list();
    }

    static void begin(Handle sql, Rollout rollout, String from, Course course, long event) {
        sql.createUpdate(
                        "UPDATE deploying_rollouts SET active = 1, from_version = ?, course = ?,"
                                + " event = ? WHERE id = ?")
                .bind(0, from)
                .bind(1, course.name().toLowerCase(Locale.ROOT))
                .bind(2, event)
                .bind(3, rollout.id())
                .execute();
    }

    static void move(Handle sql, Rollout rollout, RolloutSteps.Next next, long now) {
        var state = next.state();
        var at = state instanceof AtStep step ? step : new AtStep(rollout.marks().reached(), now);
        var outcome =
                switch (state) {
                    case Finished finished -> finished.outcome().word();
                    case Reverting reverting -> reverting.outcome().word();
                    case Restoring restoring -> restoring.outcome().word();
                    default -> "";
                };
        var reason =
                switch (state) {
                    case Finished finished -> finished.reason().encoded();
                    case Reverting reverting -> reverting.reason().encoded();
                    case Restoring restoring -> restoring.reason().encoded();
                    default -> "";
                };
        boolean moved = next.weight() != rollout.traffic().weight();
        sql.createUpdate(
                        "UPDATE deploying_rollouts SET state = ?, step = ?, since = ?, weight = ?,"
                                + " weight_since = ?, outcome = ?, reason = ?, finished_at = ?,"
                                + " active = ? WHERE id = ?")
                .bind(0, state.word())
                .bind(1, at.step())
                .bind(2, at.since())
                .bind(3, next.weight())
                .bind(4, moved ? now : rollout.traffic().since())
                .bind(5, outcome)
                .bind(6, reason)
                .bind(7, state.over() ? now : 0)
                .bind(8, state.over() ? 0 : 1)
                .bind(9, rollout.id())
                .execute();
    }

    static void setEvent(Handle sql, String id, long event) {
        sql.createUpdate("UPDATE deploying_rollouts SET event = ? WHERE id = ?")
                .bind(0, event)
                .bind(1, id)
                .execute();
    }

    static void setJudgement(Handle sql, String id, long event) {
        sql.createUpdate("UPDATE deploying_rollouts SET judgement = ?, event = ? WHERE id = ?")
                .bind(0, event)
                .bind(1, event)
                .bind(2, id)
                .execute();
    }

    private static Rollout row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Rollout(
                row.getString("id"),
                new Place(
                        row.getString("project"),
                        row.getString("service"),
                        row.getString("environment")),
                row.getString("version"),
                row.getString("from_version"),
                new Rollout.Source(
                        row.getString("commit_id"),
                        row.getString("artifact"),
                        numbers(row.getString("tickets")),
                        row.getString("delivery")),
                Course.valueOf(row.getString("course").toUpperCase(Locale.ROOT)),
                state(row),
                new Rollout.Traffic(row.getInt("weight"), row.getLong("weight_since")),
                new Rollout.Marks(
                        row.getString("actor"),
                        row.getLong("event"),
                        row.getLong("judgement"),
                        row.getLong("created_at"),
                        row.getLong("finished_at"),
                        row.getInt("step")));
    }

    private static RolloutState state(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "queued" -> new RolloutState.Queued();
            case "clearing" -> new RolloutState.Clearing();
            case "preparing" -> new RolloutState.Preparing();
            case "stepping" -> new AtStep(row.getInt("step"), row.getLong("since"));
            case "retiring" -> new RolloutState.Retiring();
            case "reverting" -> new Reverting(outcome(row), reason(row));
            case "restoring" -> new Restoring(outcome(row), reason(row));
            case "finished" -> new Finished(outcome(row), reason(row));
            default -> throw new IllegalStateException("state " + row.getString("state"));
        };
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        return Outcome.of(row.getString("outcome"));
    }

    private static Reason reason(ResultSet row) throws SQLException {
        return Reason.decode(row.getString("reason"));
    }

    static String numbers(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static List<Long> numbers(String encoded) {
        return encoded.isEmpty()
                ? List.of()
                : Arrays.stream(encoded.split(",")).map(Long::valueOf).toList();
    }
}
