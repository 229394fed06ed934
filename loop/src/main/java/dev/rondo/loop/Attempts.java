package dev.rondo.loop;

import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import dev.rondo.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The single deliveries of webhooks, and those that somebody wants repeated. */
final class Attempts {

    /** So many are kept of one webhook, and none longer than {@link #KEPT}. */
    static final int MOST = 1_000;

    static final Duration KEPT = Duration.ofDays(7);

    private static final String SELECT =
            "SELECT id, webhook, seq, number, at, took, status, reason, detail, headers, body,"
                    + " account FROM loop_attempts ";

    private Attempts() {}

    static void add(Tx tx, Attempt attempt) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO loop_attempts (id, webhook, seq, number, at, took, status,"
                                + " reason, detail, headers, body, account) SELECT :id, :webhook,"
                                + " :seq, :number, :at, :took, :status, :reason, :detail,"
                                + " :headers, :body, :account WHERE EXISTS (SELECT 1 FROM"
                                + " loop_webhooks w WHERE w.id = :webhook)")
                .bind("id", attempt.id())
                .bind("webhook", attempt.webhook())
                .bind("seq", attempt.seq())
                .bind("number", attempt.number())
                .bind("at", Micros.of(attempt.at()))
                .bind("took", attempt.took().toNanos() / 1000)
                .bind("status", attempt.status())
                .bind("reason", attempt.reason())
                .bind("detail", attempt.detail())
                .bind("headers", attempt.headers())
                .bind("body", attempt.body())
                .bind("account", attempt.account())
                .execute();
        tx.sql()
                .createUpdate(
                        "DELETE FROM loop_attempts WHERE webhook = :webhook AND id <= (SELECT id"
                                + " FROM loop_attempts WHERE webhook = :webhook ORDER BY id DESC"
                                + " LIMIT 1 OFFSET "
                                + MOST
                                + ")")
                .bind("webhook", attempt.webhook())
                .execute();
    }

    static void forgetOld(Tx tx, long now) {
        tx.sql()
                .createUpdate("DELETE FROM loop_attempts WHERE at < ?")
                .bind(0, now - KEPT.toNanos() / 1000)
                .execute();
    }

    static void forgetAll(Tx tx, String webhook) {
        for (var table : List.of("loop_attempts", "loop_repeats", "loop_deliveries")) {
            tx.sql()
                    .createUpdate("DELETE FROM " + table + " WHERE webhook = ?")
                    .bind(0, webhook)
                    .execute();
        }
    }

    /** Newest first. */
    static List<Attempt> page(Handle sql, String webhook, Paging paging) {
        var key = paging.key();
        var sign = paging.backwards() ? ">" : "<";
        var query =
                sql.createQuery(
                                SELECT
                                        + "WHERE webhook = :webhook"
                                        + (key.isPresent() ? " AND id " + sign + " :key" : "")
                                        + " ORDER BY id"
                                        + (paging.backwards() ? "" : " DESC")
                                        + " LIMIT "
                                        + paging.limit())
                        .bind("webhook", webhook);
        key.ifPresent(id -> query.bind("key", id));
        return query.map(Attempts::row).list();
    }

    static Optional<Attempt> find(Handle sql, String webhook, String id) {
        return sql.createQuery(SELECT + "WHERE webhook = ? AND id = ?")
                .bind(0, webhook)
                .bind(1, id)
                .map(Attempts::row)
                .findFirst();
    }

    private static Attempt row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Attempt(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getInt(4),
                Micros.toInstant(row.getLong(5)),
                Duration.of(row.getLong(6), ChronoUnit.MICROS),
                row.getInt(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12));
    }

    /** To be sent once more; asked for twice before that, it is sent once. */
    static void repeat(Tx tx, Attempt attempt, String account) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO loop_repeats (webhook, seq, account, at) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING")
                .bind(0, attempt.webhook())
                .bind(1, attempt.seq())
                .bind(2, account)
                .bind(3, Micros.now())
                .execute();
    }

    /** It was sent: whether it arrived or not, nobody asked for more than that. */
    static void repeated(Tx tx, Attempt attempt) {
        add(tx, attempt);
        tx.sql()
                .createUpdate("DELETE FROM loop_repeats WHERE webhook = ? AND seq = ?")
                .bind(0, attempt.webhook())
                .bind(1, attempt.seq())
                .execute();
        if (attempt.delivered()) {
            tx.sql()
                    .createUpdate(
                            "UPDATE loop_deliveries SET state = 'delivered', answer = ?, next_at ="
                                    + " ? WHERE webhook = ? AND seq = ? AND state <> 'delivered'")
                    .bind(0, attempt.answer())
                    .bind(1, Micros.now())
                    .bind(2, attempt.webhook())
                    .bind(3, attempt.seq())
                    .execute();
        }
    }
}
