package dev.rondo.building;

import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.store.Micros;
import dev.rondo.triggers.WorkflowFiles;
import dev.rondo.web.Refusal;
import dev.rondo.web.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
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
        String file,
        String branch,
        String event,
        String actor,
        String status,
        String commit,
        Times queued) {

    static final RunFilter ALL = new RunFilter("", "", "", "", "", "", Times.ALL);

    /** From one moment up to another, in microseconds, both included. */
    record Times(long from, long to) {
        static final Times ALL = new Times(0, Long.MAX_VALUE);

        /**
         * In the words of GitHub's search: {@code >=2026-11-01}, {@code 2026-11-01..2026-11-02}.
         */
        static Times of(String written) {
            String text = written.strip();
            if (text.startsWith(">=")) {
                return new Times(first(text.substring(2)), ALL.to());
            } else if (text.startsWith("<=")) {
                return new Times(0, last(text.substring(2)));
            } else if (text.startsWith(">")) {
                return new Times(last(text.substring(1)) + 1, ALL.to());
            } else if (text.startsWith("<")) {
                return new Times(0, first(text.substring(1)) - 1);
            }
            int dots = text.indexOf("..");
            String from = dots < 0 ? text : text.substring(0, dots);
            String to = dots < 0 ? text : text.substring(dots + 2);
            return new Times(open(from) ? 0 : first(from), open(to) ? ALL.to() : last(to));
        }

        private static boolean open(String written) {
            return written.isEmpty() || written.equals("*");
        }

        /** A day without a time stands for all of it. */
        private static long first(String written) {
            return Micros.of(moment(written));
        }

        private static long last(String written) {
            return written.length() <= DAY
                    ? Micros.of(moment(written).plus(Duration.ofDays(1))) - 1
                    : first(written) + 999_999;
        }

        private static Instant moment(String written) {
            try {
                return written.length() <= DAY
                        ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(written).toInstant();
            } catch (DateTimeParseException e) {
                throw Refusal.of("building.created", written).at("created").asException();
            }
        }
    }

    private static final int DAY = 10;

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
                value(visit, "commit"),
                Times.ALL);
    }

    private static String value(Visit visit, String name) {
        return visit.query(name).map(String::strip).orElse("");
    }

    RunFilter withFile(String path) {
        return new RunFilter(path, branch, event, actor, status, commit, queued);
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
        conditions.add("project = :project AND latest = TRUE");
        if (!queued.equals(Times.ALL)) {
            conditions.add("queued_at BETWEEN :from AND :to");
        }
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
        if (!queued.equals(Times.ALL)) {
            query.bind("from", queued.from()).bind("to", queued.to());
        }
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
