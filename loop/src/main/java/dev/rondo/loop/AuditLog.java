package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reaction;
import dev.rondo.loop.view.AuditView;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import dev.rondo.web.Json;
import dev.rondo.web.Paging;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The journal's audit entries, laid out by a reaction so that each filter is an index. Entries
 * older than this log are laid out as well: the reaction hears the journal from its beginning.
 */
final class AuditLog {

    /** What is asked for; times are resolved to positions, because the log is paged by them. */
    record Wanted(
            String actor,
            String action,
            String project,
            Optional<Instant> since,
            Optional<Instant> until) {}

    private final Store store;

    AuditLog(Store store) {
        this.store = store;
    }

    Reaction reaction() {
        return Reaction.named("audit").on(Fact.AuditRecorded.class, AuditLog::lay);
    }

    private static void lay(Tx tx, Event event, Fact.AuditRecorded fact) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO loop_audit (seq, at, project, actor, action, target, details,"
                                + " address) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(0, event.seq())
                .bind(1, Micros.of(event.at()))
                .bind(2, event.project())
                .bind(3, event.actor())
                .bind(4, fact.action())
                .bind(5, fact.target())
                .bind(6, Json.write(fact.details()))
                .bind(7, JournalReads.origin(tx.sql(), event.seq()).orElse(""))
                .execute();
    }

    /** Newest first. */
    Paging.Slice<AuditView.Entry> page(Wanted wanted, Paging paging) {
        var rows = store.read(sql -> rows(sql, wanted, paging));
        return paging.slice(rows, entry -> Long.toString(entry.seq()));
    }

    private static List<AuditView.Entry> rows(Handle sql, Wanted wanted, Paging paging) {
        var where = new LinkedHashMap<String, Object>();
        if (!wanted.actor().isEmpty()) {
            where.put("actor = :actor", wanted.actor());
        }
        if (!wanted.action().isEmpty()) {
            where.put("action = :action", wanted.action());
        }
        if (!wanted.project().isEmpty()) {
            where.put("project = :project", wanted.project());
        }
        wanted.since()
                .ifPresent(at -> where.put("seq >= :since", first(sql, at).orElse(Long.MAX_VALUE)));
        wanted.until()
                .flatMap(at -> first(sql, at))
                .ifPresent(seq -> where.put("seq < :until", seq));
        paging.key()
                .map(Long::parseLong)
                .ifPresent(seq -> where.put(paging.backwards() ? "seq > :key" : "seq < :key", seq));
        var query =
                sql.createQuery(
                        "SELECT seq, at, project, actor, action, target, details, address FROM"
                                + " loop_audit"
                                + (where.isEmpty() ? "" : " WHERE ")
                                + String.join(" AND ", where.keySet())
                                + " ORDER BY seq"
                                + (paging.backwards() ? "" : " DESC")
                                + " LIMIT "
                                + paging.limit());
        where.forEach((condition, value) ->
                query.bind(condition.substring(condition.indexOf(':') + 1), value));
        return entries(query);
    }

    /** The first position at a time or later: positions grow with the time. */
    private static Optional<Long> first(Handle sql, Instant at) {
        return sql.createQuery("SELECT seq FROM loop_audit WHERE at >= ? ORDER BY at, seq LIMIT 1")
                .bind(0, Micros.of(at))
                .mapTo(Long.class)
                .findFirst();
    }

    @SuppressWarnings("unchecked") // written above as a map of texts
    private static List<AuditView.Entry> entries(Query query) {
        return query.map((row, ctx) ->
                        new AuditView.Entry(
                                row.getLong(1),
                                Micros.toInstant(row.getLong(2)),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                (Map<String, String>) Json.read(row.getString(7), Map.class),
                                row.getString(8)))
                .list();
    }

    /** All actions there are, each found by one step through the index. */
    List<String> actions() {
        return store.read(sql ->
                sql.createQuery(
                                "WITH RECURSIVE known (action) AS (SELECT MIN(action) FROM"
                                        + " loop_audit UNION ALL SELECT (SELECT MIN(a.action) FROM"
                                        + " loop_audit a WHERE a.action > known.action) FROM known"
                                        + " WHERE known.action IS NOT NULL) SELECT action FROM"
                                        + " known WHERE action IS NOT NULL")
                        .mapTo(String.class)
                        .list());
    }
}
