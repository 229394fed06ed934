package dev.rondo.planning;

import dev.rondo.store.Micros;
import dev.rondo.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What pages, the API and reactions ask about work items. Every list has a limit. */
final class TicketReads {

    private static final String SELECT =
            "SELECT project, number, type, title, description, criteria, state, estimate, assignee,"
                    + " parent, sprint, rank, created_by, created_at, moved_at"
                    + " FROM planning_tickets ";
    private static final int CHILDREN = 200;

    private TicketReads() {}

    static Optional<Ticket> find(Handle sql, String project, long number) {
        var found =
                sql.createQuery(SELECT + "WHERE project = ? AND number = ?")
                        .bind(0, project)
                        .bind(1, number)
                        .map(TicketReads::row)
                        .list();
        return withLabels(sql, project, found).stream().findFirst();
    }

    /**
     * Which items a list shows.
     *
     * @param type state, assignee, label: a value, or empty for all
     * @param words all must stand in the item, or begin a word of it
     */
    record Filter(
            String type, String state, String assignee, String label, String sprint, String words) {

        static final Filter NONE = new Filter("", "", "", "", "", "");

        boolean isEmpty() {
            return equals(NONE);
        }
    }

    /** The backlog in its order: what is open. */
    static Paging.Slice<Ticket> backlog(Handle sql, String project, Filter filter, Paging paging) {
        var found = ordered(sql, project, filter, paging, true, "rank");
        return page(sql, project, paging, found, Ticket::rank);
    }

    /** All items, the newest first. */
    static Paging.Slice<Ticket> newest(Handle sql, String project, Filter filter, Paging paging) {
        var found = ordered(sql, project, filter, paging, false, "number");
        return page(sql, project, paging, found, ticket -> String.valueOf(ticket.number()));
    }

    private static Paging.Slice<Ticket> page(
            Handle sql,
            String project,
            Paging paging,
            List<Ticket> found,
            java.util.function.Function<Ticket, String> key) {
        return paging.slice(withLabels(sql, project, found), key);
    }

    private static List<Ticket> ordered(
            Handle sql,
            String project,
            Filter filter,
            Paging paging,
            boolean openOnly,
            String column) {
        var conditions = new ArrayList<String>();
        Map<String, Object> values = new LinkedHashMap<>();
        conditions.add("project = :project");
        values.put("project", project);
        if (openOnly) {
            conditions.add("open = 1");
        }
        add(conditions, values, "type", filter.type());
        add(conditions, values, "state", filter.state());
        add(conditions, values, "assignee", filter.assignee());
        add(conditions, values, "sprint", filter.sprint());
        if (!filter.label().isEmpty()) {
            conditions.add(
                    "number IN (SELECT number FROM planning_labels WHERE project = :project"
                            + " AND label = :label)");
            values.put("label", filter.label());
        }
        addWords(conditions, values, filter.words());
        boolean newestFirst = column.equals("number");
        boolean descending = newestFirst != paging.backwards();
        if (paging.key().isPresent()) {
            conditions.add(column + (descending ? " < " : " > ") + ":key");
            values.put(
                    "key", newestFirst ? (Object) number(paging.key().get()) : paging.key().get());
        }
        var query =
                sql.createQuery(
                        SELECT
                                + "WHERE "
                                + String.join(" AND ", conditions)
                                + " ORDER BY "
                                + column
                                + (descending ? " DESC" : "")
                                + " LIMIT :limit");
        values.forEach(query::bind);
        return query.bind("limit", paging.limit()).map(TicketReads::row).list();
    }

    private static long number(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void add(
            List<String> conditions, Map<String, Object> values, String column, String value) {
        if (!value.isEmpty()) {
            conditions.add(column + " = :" + column);
            values.put(column, value);
        }
    }

    private static void addWords(
            List<String> conditions, Map<String, Object> values, String typed) {
        int i = 0;
        for (var word : Words.wanted(typed)) {
            var end = Words.end(word);
            conditions.add(
                    "number IN (SELECT number FROM planning_words WHERE project = :project"
                            + " AND word >= :from"
                            + i
                            + (end.isEmpty() ? "" : " AND word < :to" + i)
                            + ")");
            values.put("from" + i, word);
            if (!end.isEmpty()) {
                values.put("to" + i, end);
            }
            i++;
        }
    }

    /** Items in a state in their order, of a sprint or of all ({@code sprint} is empty). */
    static List<Ticket> inState(Handle sql, String project, State state, String sprint, int limit) {
        // What is finished is shown from its newest end, what is to do from its first.
        var order = state.isOpen() ? "rank" : "moved_at DESC";
        var query =
                sql.createQuery(
                        SELECT
                                + "WHERE project = :project AND state = :state AND type <> 'epic'"
                                + (sprint.isEmpty() ? "" : " AND sprint = :sprint")
                                + " ORDER BY "
                                + order
                                + " LIMIT :limit");
        query.bind("project", project).bind("state", state.word()).bind("limit", limit);
        if (!sprint.isEmpty()) {
            query.bind("sprint", sprint);
        }
        return withLabels(sql, project, query.map(TicketReads::row).list());
    }

    static List<Ticket> inSprint(Handle sql, String project, String sprint, int limit) {
        var found =
                sql.createQuery(
                                SELECT
                                        + "WHERE project = ? AND sprint = ?"
                                        + " ORDER BY rank LIMIT ?")
                        .bind(0, project)
                        .bind(1, sprint)
                        .bind(2, limit)
                        .map(TicketReads::row)
                        .list();
        return withLabels(sql, project, found);
    }

    static List<Ticket> children(Handle sql, String project, long parent) {
        return sql.createQuery(SELECT + "WHERE project = ? AND parent = ? ORDER BY number LIMIT ?")
                .bind(0, project)
                .bind(1, parent)
                .bind(2, CHILDREN)
                .map(TicketReads::row)
                .list();
    }

    /** Epics that are open, for the choice of a parent. */
    static List<Ticket> epics(Handle sql, String project) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = ? AND open = 1 AND type = 'epic'"
                                + " ORDER BY rank LIMIT 100")
                .bind(0, project)
                .map(TicketReads::row)
                .list();
    }

    /** How many items are in each state; epics are no work of their own. */
    static Map<State, Long> counts(Handle sql, String project) {
        var counts = new HashMap<State, Long>();
        sql.createQuery(
                        "SELECT state, COUNT(*) FROM planning_tickets WHERE project = ?"
                                + " AND type <> 'epic' GROUP BY state")
                .bind(0, project)
                .map((row, ctx) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(count ->
                        State.of(count.getKey())
                                .ifPresent(state -> counts.put(state, count.getValue())));
        return counts;
    }

    static List<String> labels(Handle sql, String project) {
        // From label to label through the index: the number of items does not matter.
        return sql.createQuery(
                        "WITH RECURSIVE names(label) AS (SELECT MIN(label) FROM planning_labels"
                                + " WHERE project = :project UNION ALL"
                                + " SELECT (SELECT MIN(l.label) FROM planning_labels l"
                                + " WHERE l.project = :project AND l.label > names.label)"
                                + " FROM names WHERE names.label IS NOT NULL)"
                                + " SELECT label FROM names WHERE label IS NOT NULL LIMIT 100")
                .bind("project", project)
                .mapTo(String.class)
                .list();
    }

    /** A remark. */
    record Comment(String id, String author, String body, java.time.Instant at) {}

    static List<Comment> comments(Handle sql, String project, long number, int limit) {
        return sql.createQuery(
                        "SELECT id, author, body, created_at FROM planning_comments"
                                + " WHERE project = ? AND number = ? ORDER BY id LIMIT ?")
                .bind(0, project)
                .bind(1, number)
                .bind(2, limit)
                .map((row, ctx) ->
                        new Comment(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                Micros.toInstant(row.getLong(4))))
                .list();
    }

    static List<dev.rondo.journal.Subject> links(Handle sql, String project, long number) {
        return sql.createQuery(
                        "SELECT kind, subject FROM planning_links WHERE project = ?"
                                + " AND number = ? ORDER BY kind, subject")
                .bind(0, project)
                .bind(1, number)
                .map((row, ctx) ->
                        new dev.rondo.journal.Subject(row.getString(1), row.getString(2)))
                .list();
    }

    private static List<Ticket> withLabels(Handle sql, String project, List<Ticket> tickets) {
        if (tickets.isEmpty()) {
            return tickets;
        }
        var byNumber = new HashMap<Long, List<String>>();
        sql.createQuery(
                        "SELECT number, label FROM planning_labels WHERE project = :project"
                                + " AND number IN (<numbers>) ORDER BY label")
                .bind("project", project)
                .bindList("numbers", tickets.stream().map(Ticket::number).toList())
                .map((row, ctx) -> Map.entry(row.getLong(1), row.getString(2)))
                .forEach(label ->
                        byNumber.computeIfAbsent(label.getKey(), n -> new ArrayList<>())
                                .add(label.getValue()));
        return tickets.stream()
                .map(ticket -> ticket.withLabels(byNumber.getOrDefault(ticket.number(), List.of())))
                .toList();
    }

    private static Ticket row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Ticket(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                State.of(row.getString(7)).orElse(State.BACKLOG),
                row.getLong(8),
                row.getString(9),
                row.getLong(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                Micros.toInstant(row.getLong(14)),
                Micros.toInstant(row.getLong(15)),
                List.of());
    }
}
