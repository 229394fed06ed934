package dev.rondo.journal;

import dev.rondo.store.Micros;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What pages and reactions ask of the journal. All answers are bounded by a limit. */
public final class JournalReads {

    static final String SELECT =
            "SELECT seq, id, kind, version, project, subject_kind, subject_id, actor, at, payload,"
                    + " hash, COALESCE((SELECT w.said FROM journal_wordings w WHERE w.seq ="
                    + " journal_events.seq), '') FROM journal_events ";

    private JournalReads() {}

    public static long head(Handle sql) {
        return sql.createQuery("SELECT seq FROM journal_head WHERE one = 1")
                .mapTo(Long.class)
                .one();
    }

    public static Optional<Event> find(Handle sql, long seq) {
        return events(sql, SELECT + "WHERE seq = ?", seq).stream().findFirst();
    }

    /** The events at these positions; as many as a page shows. */
    public static Map<Long, Event> all(Handle sql, Collection<Long> seqs) {
        var found = new LinkedHashMap<Long, Event>();
        if (!seqs.isEmpty()) {
            var places = String.join(", ", Collections.nCopies(seqs.size(), "?"));
            events(sql, SELECT + "WHERE seq IN (" + places + ") ORDER BY seq", seqs.toArray())
                    .forEach(event -> found.put(event.seq(), event));
        }
        return found;
    }

    /** The latest event about a subject: what a new fact about it can name as its cause. */
    public static Optional<Event> last(Handle sql, String project, Subject subject) {
        return events(
                        sql,
                        SELECT
                                + "WHERE project = ? AND subject_kind = ? AND subject_id = ?"
                                + " ORDER BY seq DESC LIMIT 1",
                        project,
                        subject.kind(),
                        subject.id())
                .stream()
                .findFirst();
    }

    /** The latest event of one kind about a subject. */
    public static Optional<Event> last(Handle sql, String project, Subject subject, Kind kind) {
        return events(
                        sql,
                        SELECT
                                + "WHERE project = ? AND subject_kind = ? AND subject_id = ?"
                                + " AND kind = ? ORDER BY seq DESC LIMIT 1",
                        project,
                        subject.kind(),
                        subject.id(),
                        kind.word())
                .stream()
                .findFirst();
    }

    /** All events about a subject, oldest first, at most {@code limit}. */
    public static List<Event> of(Handle sql, String project, Subject subject, int limit) {
        return events(
                sql,
                SELECT
                        + "WHERE project = ? AND subject_kind = ? AND subject_id = ?"
                        + " ORDER BY seq LIMIT ?",
                project,
                subject.kind(),
                subject.id(),
                limit);
    }

    /** Events of a project before a position, newest first: one page. */
    public static List<Event> before(Handle sql, String project, long seq, int limit) {
        return events(
                sql,
                SELECT + "WHERE project = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                project,
                seq,
                limit);
    }

    /** Events of a project behind a position, oldest first: one page. */
    public static List<Event> behind(Handle sql, String project, long seq, int limit) {
        return events(
                sql,
                SELECT + "WHERE project = ? AND seq > ? ORDER BY seq LIMIT ?",
                project,
                seq,
                limit);
    }

    /** Events of one kind in a project since a time, oldest first. */
    public static List<Event> ofKind(
            Handle sql, String project, Kind kind, long sinceMicros, int limit) {
        return events(
                sql,
                SELECT + "WHERE kind = ? AND project = ? AND at >= ? ORDER BY seq LIMIT ?",
                kind.word(),
                project,
                sinceMicros,
                limit);
    }

    /** From which address an audited act was asked for; empty where Rondo acted by itself. */
    public static Optional<String> origin(Handle sql, long seq) {
        return sql.createQuery("SELECT address FROM journal_origins WHERE seq = ?")
                .bind(0, seq)
                .mapTo(String.class)
                .findFirst();
    }

    /** Events behind a position, oldest first, of any project. */
    public static List<Event> after(Handle sql, long seq, int limit) {
        return events(sql, SELECT + "WHERE seq > ? ORDER BY seq LIMIT ?", seq, limit);
    }

    /**
     * What led to these events and what came of them: the causal neighbourhood, breadth first along
     * the edges in the given direction, at most {@code limit} events, by position.
     */
    public static Map<Long, Event> thread(
            Handle sql, Collection<Long> from, Direction direction, int limit) {
        var seen = new LinkedHashMap<Long, Event>();
        var waiting = new ArrayDeque<>(from);
        var known = new HashSet<>(from);
        while (!waiting.isEmpty() && seen.size() < limit) {
            var seq = waiting.poll();
            find(sql, seq).ifPresent(event -> seen.put(seq, event));
            for (var next : neighbours(sql, seq, direction)) {
                if (known.add(next)) {
                    waiting.add(next);
                }
            }
        }
        return seen;
    }

    /** What an event directly caused, oldest first. */
    public static List<Event> effects(Handle sql, long seq, int limit) {
        return events(
                sql,
                SELECT
                        + "WHERE seq IN (SELECT seq FROM journal_causes WHERE cause = ?)"
                        + " ORDER BY seq LIMIT ?",
                seq,
                limit);
    }

    /** Which way edges are followed. */
    public enum Direction {
        CAUSES,
        EFFECTS,
        BOTH
    }

    private static Set<Long> neighbours(Handle sql, long seq, Direction direction) {
        var next = new HashSet<Long>();
        if (direction != Direction.EFFECTS) {
            next.addAll(
                    sql.createQuery("SELECT cause FROM journal_causes WHERE seq = ?")
                            .bind(0, seq)
                            .mapTo(Long.class)
                            .list());
        }
        if (direction != Direction.CAUSES) {
            next.addAll(
                    sql.createQuery("SELECT seq FROM journal_causes WHERE cause = ?")
                            .bind(0, seq)
                            .mapTo(Long.class)
                            .list());
        }
        return next;
    }

    static List<Event> events(Handle sql, String query, Object... args) {
        var select = sql.createQuery(query);
        for (int i = 0; i < args.length; i++) {
            select.bind(i, args[i]);
        }
        var events =
                select.map((row, ctx) ->
                                new Event(
                                        row.getLong(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getInt(4),
                                        row.getString(5),
                                        new Subject(row.getString(6), row.getString(7)),
                                        row.getString(8),
                                        Micros.toInstant(row.getLong(9)),
                                        row.getString(10),
                                        row.getString(11),
                                        List.of(),
                                        row.getString(12)))
                        .list();
        return withCauses(sql, events);
    }

    private static List<Event> withCauses(Handle sql, List<Event> events) {
        if (events.isEmpty()) {
            return events;
        }
        var causes = new HashMap<Long, List<Long>>();
        int chunk = 500;
        for (int from = 0; from < events.size(); from += chunk) {
            var seqs =
                    events.subList(from, Math.min(events.size(), from + chunk)).stream()
                            .map(Event::seq)
                            .toList();
            sql.createQuery(
                            "SELECT seq, cause FROM journal_causes WHERE seq IN (<seqs>)"
                                    + " ORDER BY seq, cause")
                    .bindList("seqs", seqs)
                    .map((row, ctx) -> new long[] {row.getLong(1), row.getLong(2)})
                    .forEach(edge ->
                            causes.computeIfAbsent(edge[0], seq -> new ArrayList<>()).add(edge[1]));
        }
        return events.stream().map(event -> event.withCauses(causes)).toList();
    }
}
