package dev.rondo.journal;

import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** SQL of the table of parked events. */
final class Parking {

    private static final String SELECT =
            "SELECT reaction, seq, project, subject_kind, subject_id, error, at"
                    + " FROM journal_parked ";

    private Parking() {}

    static void park(Tx tx, String reaction, Event event, String error) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO journal_parked (reaction, seq, project, subject_kind,"
                                + " subject_id, error, at) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .bind(0, reaction)
                .bind(1, event.seq())
                .bind(2, event.project())
                .bind(3, event.subject().kind())
                .bind(4, event.subject().id())
                .bind(5, error)
                .bind(6, Micros.now())
                .execute();
    }

    static void release(Tx tx, String reaction, long seq) {
        tx.sql()
                .createUpdate("DELETE FROM journal_parked WHERE reaction = ? AND seq = ?")
                .bind(0, reaction)
                .bind(1, seq)
                .execute();
    }

    static void explain(Tx tx, String reaction, long seq, String error) {
        tx.sql()
                .createUpdate(
                        "UPDATE journal_parked SET error = ?, at = ? WHERE reaction = ? AND seq = ?")
                .bind(0, error)
                .bind(1, Micros.now())
                .bind(2, reaction)
                .bind(3, seq)
                .execute();
    }

    static boolean holds(Handle sql, String reaction, String project, Subject subject) {
        return sql.createQuery(
                                "SELECT COUNT(*) FROM journal_parked WHERE reaction = ?"
                                        + " AND project = ? AND subject_kind = ? AND subject_id = ?")
                        .bind(0, reaction)
                        .bind(1, project)
                        .bind(2, subject.kind())
                        .bind(3, subject.id())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    static List<ParkedEvent> of(Handle sql, String reaction, String project, Subject subject) {
        return sql.createQuery(
                        SELECT
                                + "WHERE reaction = ? AND project = ? AND subject_kind = ?"
                                + " AND subject_id = ? ORDER BY seq")
                .bind(0, reaction)
                .bind(1, project)
                .bind(2, subject.kind())
                .bind(3, subject.id())
                .map(Parking::row)
                .list();
    }

    static Map<String, Long> counts(Handle sql) {
        var counts = new HashMap<String, Long>();
        sql.createQuery("SELECT reaction, COUNT(*) FROM journal_parked GROUP BY reaction")
                .map((row, ctx) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    static List<ParkedEvent> list(Handle sql, int limit) {
        return sql.createQuery(SELECT + "ORDER BY seq LIMIT ?")
                .bind(0, limit)
                .map(Parking::row)
                .list();
    }

    private static ParkedEvent row(ResultSet row, StatementContext ctx) throws SQLException {
        return new ParkedEvent(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                new Subject(row.getString(4), row.getString(5)),
                row.getString(6),
                Micros.toInstant(row.getLong(7)));
    }
}
