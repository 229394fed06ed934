package dev.rondo.operating;

import dev.rondo.access.Account;
import dev.rondo.journal.Event;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What is to be said to whom: written with the change itself, delivered by the {@link Notifier}.
 */
final class Notifications {

    private static final String SELECT =
            "SELECT id, project, number, seq, occasion, channel, target, attempts, next_at, state,"
                    + " error, made_at FROM operating_notifications ";

    private final Outside outside;
    private final Runnable wake;

    /**
     * @param wake called after a commit that left something to deliver
     */
    Notifications(Outside outside, Runnable wake) {
        this.outside = outside;
        this.wake = wake;
    }

    /** One delivery; {@code target} is an account, a URL or an address. */
    record Delivery(
            String id,
            String project,
            long number,
            long seq,
            Occasion occasion,
            Channel channel,
            String target,
            int attempts,
            long nextAt,
            String state,
            String error,
            long madeAt) {}

    /** The ways out. */
    enum Channel {
        CONSOLE,
        WEBHOOK,
        MAIL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Channel of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    void plan(Tx tx, Incident incident, Event event, Occasion occasion) {
        var people =
                occasion == Occasion.ESCALATED
                        ? Roster.second(tx.sql(), incident)
                        : Roster.first(tx.sql(), incident);
        var names = String.join(", ", people.stream().map(Account::name).toList());
        insert(tx, incident, event, occasion, Channel.CONSOLE, names.isEmpty() ? "-" : names);
        ChannelSettings.webhookUrl(tx.sql(), incident.project())
                .ifPresent(url -> insert(tx, incident, event, occasion, Channel.WEBHOOK, url));
        if (outside.mailConfigured(tx.sql())) {
            for (var person : people) {
                if (!person.email().isEmpty()) {
                    insert(tx, incident, event, occasion, Channel.MAIL, person.email());
                }
            }
        }
        tx.afterCommit(wake);
    }

    private static void insert(
            Tx tx,
            Incident incident,
            Event event,
            Occasion occasion,
            Channel channel,
            String target) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO operating_notifications (id, project, number, seq, occasion,"
                                + " channel, target, attempts, next_at, state, error, made_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 'waiting', '', ?)"
                                + " ON CONFLICT DO NOTHING")
                .bind(0, event.id() + ":" + channel.word() + ":" + target)
                .bind(1, incident.project())
                .bind(2, incident.number())
                .bind(3, event.seq())
                .bind(4, occasion.word())
                .bind(5, channel.word())
                .bind(6, target)
                .bind(7, Micros.now())
                .bind(8, Micros.now())
                .execute();
    }

    static List<Delivery> due(Handle sql, long now, int limit) {
        return sql.createQuery(
                        SELECT
                                + "WHERE state = 'waiting' AND next_at <= ?"
                                + " ORDER BY next_at, id LIMIT ?")
                .bind(0, now)
                .bind(1, limit)
                .map(Notifications::row)
                .list();
    }

    /** When the next delivery is due, if one waits. */
    static Optional<Long> nextDue(Handle sql) {
        long next =
                sql.createQuery(
                                "SELECT COALESCE(MIN(next_at), 0) FROM operating_notifications"
                                        + " WHERE state = 'waiting'")
                        .mapTo(Long.class)
                        .one();
        return next == 0 ? Optional.empty() : Optional.of(next);
    }

    static List<Delivery> of(Handle sql, String project, long number) {
        return sql.createQuery(
                        SELECT + "WHERE project = ? AND number = ? ORDER BY made_at, id LIMIT 100")
                .bind(0, project)
                .bind(1, number)
                .map(Notifications::row)
                .list();
    }

    /** Takes a delivery for a while, so that no other worker does it too. */
    static boolean claim(Tx tx, Delivery delivery, long until) {
        return tx.sql()
                        .createUpdate(
                                "UPDATE operating_notifications SET next_at = ?"
                                        + " WHERE id = ? AND next_at = ? AND state = 'waiting'")
                        .bind(0, until)
                        .bind(1, delivery.id())
                        .bind(2, delivery.nextAt())
                        .execute()
                == 1;
    }

    static void note(Tx tx, Delivery delivery, String state, long nextAt, String error) {
        tx.sql()
                .createUpdate(
                        "UPDATE operating_notifications SET attempts = ?, state = ?, next_at = ?,"
                                + " error = ? WHERE id = ?")
                .bind(0, delivery.attempts() + 1)
                .bind(1, state)
                .bind(2, nextAt)
                .bind(3, error)
                .bind(4, delivery.id())
                .execute();
    }

    private static Delivery row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Delivery(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                Occasion.of(row.getString(5)),
                Channel.of(row.getString(6)),
                row.getString(7),
                row.getInt(8),
                row.getLong(9),
                row.getString(10),
                row.getString(11),
                row.getLong(12));
    }
}
