package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What is still to be delivered, to whom, and when. */
final class DeliveryQueue {

    private static final String WAITING =
            " (SELECT COUNT(*) FROM loop_deliveries d WHERE d.webhook = w.id"
                    + " AND d.state = 'waiting')";

    /** Nothing overtakes what waits for another try. */
    private static final String EARLIEST =
            "(SELECT MIN(next_at) FROM loop_deliveries d WHERE d.webhook = w.id"
                    + " AND d.state = 'waiting')";

    private DeliveryQueue() {}

    /**
     * @param attempts how often it was tried already
     * @param account who wants it once more; empty when it is due
     */
    record Due(WebhookStore.Hook hook, long seq, int attempts, String account) {

        String webhook() {
            return hook.id();
        }
    }

    /**
     * @return whether anybody wants to hear of the event
     */
    static boolean plan(Tx tx, Event event, int mostWaiting) {
        int planned =
                tx.sql()
                        .createUpdate(
                                "INSERT INTO loop_deliveries (webhook, seq, attempts, next_at,"
                                        + " state, answer) SELECT id, :seq, 0, COALESCE("
                                        + EARLIEST
                                        + ", :now), CASE WHEN"
                                        + WAITING
                                        + " < :most THEN 'waiting' ELSE 'failed' END, '' FROM"
                                        + " loop_webhooks w WHERE project = :project AND (kinds ="
                                        + " '' OR ' ' || kinds || ' ' LIKE :kind)"
                                        + " ON CONFLICT DO NOTHING")
                        .bind("seq", event.seq())
                        .bind("now", Micros.now())
                        .bind("most", mostWaiting)
                        .bind("project", event.project())
                        .bind("kind", "% " + event.kind() + " %")
                        .execute();
        return planned > 0;
    }

    static List<Due> due(Handle sql, int most) {
        return sql.createQuery(
                        "SELECT w.id, w.project, w.url, w.secret, d.seq, d.attempts, '' FROM"
                                + " loop_deliveries d JOIN loop_webhooks w ON w.id = d.webhook"
                                + " WHERE d.state = 'waiting' AND d.next_at <= ? ORDER BY"
                                + " d.next_at, d.seq LIMIT "
                                + most)
                .bind(0, Micros.now())
                .map(DeliveryQueue::row)
                .list();
    }

    static List<Due> repeats(Handle sql, int most) {
        return sql.createQuery(
                        "SELECT w.id, w.project, w.url, w.secret, r.seq, 0, r.account FROM"
                                + " loop_repeats r JOIN loop_webhooks w ON w.id = r.webhook"
                                + " ORDER BY r.at LIMIT "
                                + most)
                .map(DeliveryQueue::row)
                .list();
    }

    private static Due row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Due(
                new WebhookStore.Hook(
                        row.getString(1), row.getString(2), row.getString(3), row.getBytes(4)),
                row.getLong(5),
                row.getInt(6),
                row.getString(7));
    }

    /** When the next one waits for another try; 0 when none does. */
    static long earliest(Handle sql) {
        return sql.createQuery(
                        "SELECT COALESCE(MIN(next_at), 0) FROM loop_deliveries WHERE state ="
                                + " 'waiting'")
                .mapTo(Long.class)
                .one();
    }

    static void note(Tx tx, Due due, String state, long next, String answer) {
        tx.sql()
                .createUpdate(
                        "UPDATE loop_deliveries SET attempts = ?, next_at = ?, state = ?,"
                                + " answer = ? WHERE webhook = ? AND seq = ?")
                .bind(0, due.attempts() + 1)
                .bind(1, next)
                .bind(2, state)
                .bind(3, answer)
                .bind(4, due.webhook())
                .bind(5, due.seq())
                .execute();
    }

    static void postpone(Tx tx, String webhook, long until) {
        tx.sql()
                .createUpdate(
                        "UPDATE loop_deliveries SET next_at = ? WHERE webhook = ? AND state ="
                                + " 'waiting' AND next_at < ?")
                .bind(0, until)
                .bind(1, webhook)
                .bind(2, until)
                .execute();
    }

    static void forgetOld(Tx tx, long now) {
        tx.sql()
                .createUpdate(
                        "DELETE FROM loop_deliveries WHERE state <> 'waiting' AND next_at < ?")
                .bind(0, now - Attempts.KEPT.toNanos() / 1000)
                .execute();
    }
}
