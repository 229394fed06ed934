package dev.rondo.building;

import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Which runs somebody wants to see; empty texts stand for all.
 *
 * @param file of the workflow
 * @param status a state (queued, running, …) or an outcome, in Rondo's words
 */
record RunFilter(
        String file, String branch, String event, String actor, String status, String commit) {

    static final RunFilter ALL = new RunFilter("", "", "", "", "", "");

    private static final Set<String> FINISHED =
            Set.of("success", "failure", "cancelled", "skipped", "invalid", "interrupted");

    /** From {@code ?workflow=&branch=&event=&actor=&status=} of a page. */
    static RunFilter of(Visit visit) {
        String file = value(visit, "workflow");
        boolean bare = !file.isEmpty() && !file.startsWith(WorkflowFiles.FOLDER);
        return new RunFilter(
                bare ? WorkflowFiles.FOLDER + "/" + file : file,
                value(visit, "branch"),
                value(visit, "event"),
                value(visit, "actor"),
                value(visit, "status"),
                value(visit, "commit"));
    }

    private static String value(Visit visit, String name) {
        return visit.query(name).map(String::strip).orElse("");
    }

    RunFilter withFile(String path) {
        return new RunFilter(path, branch, event, actor, status, commit);
    }

    String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    boolean isEmpty() {
        return equals(ALL);
    }

    /** Newest first, below a number. */
    List<Run> before(Handle sql, String project, long below, int limit, long skipped) {
        return rows(sql, project, " AND number < :key ORDER BY number DESC", below, limit, skipped);
    }

    /** Oldest first, above a number. */
    List<Run> above(Handle sql, String project, long above, int limit) {
        return rows(sql, project, " AND number > :key ORDER BY number", above, limit, 0);
    }

    private List<Run> rows(
            Handle sql, String project, String order, long key, int limit, long skipped) {
        Query query =
                sql.createQuery(RunRows.RUN + where() + order + " LIMIT :limit OFFSET :skipped");
        return bound(query, project)
                .bind("key", key)
                .bind("limit", limit)
                .bind("skipped", skipped)
                .map((r, c) -> RunRows.run(r))
                .list();
    }

    long count(Handle sql, String project) {
        return bound(sql.createQuery("SELECT COUNT(*) FROM building_runs " + where()), project)
                .mapTo(Long.class)
                .one();
    }

    Optional<Run> newest(Handle sql, String project) {
        return before(sql, project, Long.MAX_VALUE, 1, 0).stream().findFirst();
    }

    private Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        values.put("file", file);
        values.put("ref", branch);
        values.put("event_name", event);
        values.put("actor", actor);
        values.put("commit_id", commit);
        values.put(FINISHED.contains(status) ? "outcome" : "state", status);
        values.values().removeIf(String::isEmpty);
        return values;
    }

    private String where() {
        var conditions = new ArrayList<String>();
        conditions.add("project = :project");
        for (String column : values().keySet()) {
            conditions.add(
                    column.equals("ref")
                            ? "ref IN (:ref_branch, :ref_tag)"
                            : column + " = :" + column);
        }
        return "WHERE " + String.join(" AND ", conditions);
    }

    private Query bound(Query query, String project) {
        query.bind("project", project);
        values().forEach((column, value) -> {
            if (column.equals("ref")) {
                query.bind("ref_branch", "refs/heads/" + value);
                query.bind("ref_tag", "refs/tags/" + value);
            } else {
                query.bind(column, value);
            }
        });
        return query;
    }
}
