package dev.rondo.monitoring;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.monitoring.judgement.Rules;
import dev.rondo.web.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Table {@code monitoring_judgement}. */
final class JudgementStore {

    private static final String SELECT =
            "SELECT id, seq, project, service, environment, rollout, step, stable, candidate,"
                    + " since, rules, state, report, ended_at FROM monitoring_judgement ";

    private JudgementStore() {}

    static void open(Handle sql, Event event, Fact.JudgementRequested asked) {
        sql.createUpdate(
                        "INSERT INTO monitoring_judgement (id, seq, project, rollout, step,"
                                + " service, environment, stable, candidate, since, rules, state,"
                                + " report, ended_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
                                + " ON CONFLICT (id) DO NOTHING")
                .bind(0, event.id())
                .bind(1, event.seq())
                .bind(2, event.project())
                .bind(3, asked.rollout())
                .bind(4, asked.step())
                .bind(5, asked.service())
                .bind(6, asked.environment())
                .bind(7, asked.stable())
                .bind(8, asked.candidate())
                .bind(9, asked.since())
                .bind(10, Json.write(Judgement.rules(asked.rules())))
                .bind(11, Judgement.OPEN)
                .bind(12, Json.write(JudgementReport.NONE))
                .execute();
    }

    /** False if it was not open any more: then somebody else has ended it. */
    static boolean end(Handle sql, String id, String state, JudgementReport report, long at) {
        return sql.createUpdate(
                                "UPDATE monitoring_judgement SET state = ?, report = ?,"
                                        + " ended_at = ? WHERE id = ? AND state = ?")
                        .bind(0, state)
                        .bind(1, Json.write(report))
                        .bind(2, at)
                        .bind(3, id)
                        .bind(4, Judgement.OPEN)
                        .execute()
                == 1;
    }

    /** The rollout is over: nobody waits for a verdict any more. */
    static void withdraw(Handle sql, String project, String rollout, long at) {
        sql.createUpdate(
                        "UPDATE monitoring_judgement SET state = ?, ended_at = ?"
                                + " WHERE project = ? AND rollout = ? AND state = ?")
                .bind(0, Judgement.WITHDRAWN)
                .bind(1, at)
                .bind(2, project)
                .bind(3, rollout)
                .bind(4, Judgement.OPEN)
                .execute();
    }

    static List<Judgement> open(Handle sql) {
        return sql.createQuery(SELECT + "WHERE state = ? ORDER BY seq")
                .bind(0, Judgement.OPEN)
                .map((row, ctx) -> read(row))
                .list();
    }

    static Optional<Judgement> find(Handle sql, String project, String id) {
        return sql.createQuery(SELECT + "WHERE project = ? AND id = ?")
                .bind(0, project)
                .bind(1, id)
                .map((row, ctx) -> read(row))
                .findFirst();
    }

    static List<Judgement> ofRollout(Handle sql, String project, String rollout) {
        return sql.createQuery(SELECT + "WHERE project = ? AND rollout = ? ORDER BY seq LIMIT 50")
                .bind(0, project)
                .bind(1, rollout)
                .map((row, ctx) -> read(row))
                .list();
    }

    /** The latest of a service, newest first. */
    static List<Judgement> ofService(Handle sql, ServiceKey key, int limit) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = ? AND service = ? AND environment = ?"
                                + " ORDER BY seq DESC LIMIT ?")
                .bind(0, key.project())
                .bind(1, key.service())
                .bind(2, key.environment())
                .bind(3, limit)
                .map((row, ctx) -> read(row))
                .list();
    }

    /** The latest of a version that ended in a state. */
    static Optional<Judgement> last(Handle sql, ServiceKey key, String candidate, String state) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = ? AND service = ? AND environment = ?"
                                + " AND candidate = ? AND state = ? ORDER BY seq DESC LIMIT 1")
                .bind(0, key.project())
                .bind(1, key.service())
                .bind(2, key.environment())
                .bind(3, candidate)
                .bind(4, state)
                .map((row, ctx) -> read(row))
                .findFirst();
    }

    /** One page of a project's judgements: below {@code seq}, or above it if backwards. */
    static List<Judgement> page(
            Handle sql, String project, long seq, boolean backwards, int limit) {
        return sql.createQuery(
                        SELECT
                                + (backwards
                                        ? "WHERE project = ? AND seq > ? ORDER BY seq LIMIT ?"
                                        : "WHERE project = ? AND seq < ? ORDER BY seq DESC"
                                                + " LIMIT ?"))
                .bind(0, project)
                .bind(1, seq)
                .bind(2, limit)
                .map((row, ctx) -> read(row))
                .list();
    }

    private static Judgement read(ResultSet row) throws SQLException {
        return new Judgement(
                row.getString(1),
                row.getLong(2),
                new ServiceKey(row.getString(3), row.getString(4), row.getString(5)),
                row.getString(6),
                row.getInt(7),
                row.getString(8),
                row.getString(9),
                row.getLong(10),
                Json.read(row.getString(11), Rules.class),
                row.getString(12),
                Json.read(row.getString(13), JudgementReport.class),
                row.getLong(14));
    }
}
