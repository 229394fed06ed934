package dev.rondo.testing;

import dev.rondo.testing.view.EvidenceView;
import dev.rondo.testing.view.HistoryView;
import dev.rondo.testing.view.TestLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What pages ask about single tests. */
final class TestReads {
    /** Runs that a judgement about a test looks back at. */
    static final int BACK = 30;

    private static final int CANDIDATES = 200;
    private static final String FROM =
            " FROM testing_results r JOIN testing_tests t"
                    + " ON t.project = r.project AND t.test = r.test ";
    private static final String COLUMNS =
            "SELECT t.test, t.holder, t.name, t.level, r.outcome, r.micros, ";

    private TestReads() {}

    /** What a test is called. */
    record Named(String test, String holder, String name, String level) {}

    static Optional<Named> find(Handle sql, String project, String test) {
        return sql.createQuery(
                        "SELECT test, holder, name, level FROM testing_tests"
                                + " WHERE project = ? AND test = ?")
                .bind(0, project)
                .bind(1, test)
                .map((row, ctx) ->
                        new Named(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4)))
                .findFirst();
    }

    static List<TestLine> slowest(Handle sql, RunKey key, int limit) {
        return sql.createQuery(
                        COLUMNS
                                + "'' AS note"
                                + FROM
                                + "WHERE r.project = ? AND r.run = ? ORDER BY r.micros DESC LIMIT ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .bind(2, limit)
                .map((row, ctx) -> PageReads.test(row, key.project()))
                .list();
    }

    static List<EvidenceView.Failure> failures(Handle sql, RunKey key, int limit) {
        return sql.createQuery(
                        COLUMNS
                                + "'' AS note, r.attempts, COALESCE(f.message, '') AS message,"
                                + " COALESCE(f.stack, '') AS stack"
                                + FROM
                                + "LEFT JOIN testing_failures f ON f.project = r.project"
                                + " AND f.run = r.run AND f.ordinal = r.ordinal"
                                + " WHERE r.project = ? AND r.run = ?"
                                + " AND r.outcome IN ('failed', 'error')"
                                + " ORDER BY r.ordinal LIMIT ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .bind(2, limit)
                .map((row, ctx) ->
                        new EvidenceView.Failure(
                                PageReads.test(row, key.project()),
                                row.getInt("attempts"),
                                row.getString("message"),
                                row.getString("stack")))
                .list();
    }

    /** Tests of a run that passed only when tried again; the note is how often they were tried. */
    static List<TestLine> shaky(Handle sql, RunKey key, int limit) {
        return sql.createQuery(
                        COLUMNS
                                + "CAST(r.attempts AS TEXT) AS note"
                                + FROM
                                + "WHERE r.project = ? AND r.run = ? AND r.flaky = 1"
                                + " ORDER BY r.ordinal LIMIT ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .bind(2, limit)
                .map((row, ctx) -> PageReads.test(row, key.project()))
                .list();
    }

    static List<TestLine> search(Handle sql, String project, String words, int limit) {
        var like =
                words.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_");
        return sql.createQuery(
                        "SELECT test, holder, name, level, '' AS outcome, 0 AS micros, '' AS note"
                                + " FROM testing_tests WHERE project = ?"
                                + " AND (LOWER(name) LIKE ? ESCAPE '!'"
                                + " OR LOWER(holder) LIKE ? ESCAPE '!')"
                                + " ORDER BY holder, name LIMIT ?")
                .bind(0, project)
                .bind(1, "%" + like + "%")
                .bind(2, "%" + like + "%")
                .bind(3, limit)
                .map((row, ctx) -> PageReads.test(row, project))
                .list();
    }

    /** The last results of a test, newest first. */
    static List<HistoryView.Point> history(Handle sql, String project, String test, int limit) {
        return sql.createQuery(
                        "SELECT r.run, u.number, u.ref, u.commit_id, r.outcome, r.flaky,"
                                + " r.attempts, r.micros, u.finished_at,"
                                + " COALESCE(f.message, '') AS message"
                                + " FROM testing_results r JOIN testing_runs u"
                                + " ON u.project = r.project AND u.run = r.run"
                                + " LEFT JOIN testing_failures f ON f.project = r.project"
                                + " AND f.run = r.run AND f.ordinal = r.ordinal"
                                + " WHERE r.project = ? AND r.test = ?"
                                + " ORDER BY r.place DESC, r.ordinal LIMIT ?")
                .bind(0, project)
                .bind(1, test)
                .bind(2, limit)
                .map((row, ctx) -> PageReads.point(row, project))
                .list();
    }

    /**
     * Tests that are not to be relied on: in the last runs they passed only when tried again, or
     * passed and failed for one and the same commit.
     */
    static List<TestLine> flaky(Handle sql, String project, int limit) {
        var since = since(sql, project);
        var candidates = new LinkedHashMap<String, Boolean>();
        candidates(sql, project, since, "flaky = 1").forEach(t -> candidates.put(t, true));
        candidates(sql, project, since, "outcome IN ('failed', 'error')")
                .forEach(t -> candidates.putIfAbsent(t, false));
        var flaky = new ArrayList<TestLine>();
        for (var candidate : candidates.entrySet()) {
            if (flaky.size() == limit) {
                break;
            }
            var points = history(sql, project, candidate.getKey(), BACK);
            if (candidate.getValue() || flaky(points)) {
                find(sql, project, candidate.getKey())
                        .ifPresent(named -> flaky.add(line(project, named, points)));
            }
        }
        return flaky;
    }

    static boolean flaky(List<HistoryView.Point> points) {
        var passed = new HashSet<String>();
        var failed = new HashSet<String>();
        for (var point : points) {
            if (point.flaky()) {
                return true;
            }
            switch (point.outcome()) {
                case "passed" -> passed.add(point.shortCommit());
                case "failed", "error" -> failed.add(point.shortCommit());
                default -> {}
            }
        }
        passed.retainAll(failed);
        return !passed.isEmpty();
    }

    private static TestLine line(String project, Named named, List<HistoryView.Point> points) {
        long bad =
                points.stream()
                        .filter(point ->
                                point.flaky()
                                        || point.outcome().equals("failed")
                                        || point.outcome().equals("error"))
                        .count();
        var last = points.getFirst();
        return new TestLine(
                "/projects/" + project + "/testing/tests/" + named.test(),
                named.holder(),
                named.name(),
                named.level(),
                last.outcome(),
                last.time(),
                bad + "/" + points.size());
    }

    private static long since(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT place FROM testing_runs WHERE project = ?"
                                + " ORDER BY place DESC LIMIT 1 OFFSET "
                                + (BACK - 1))
                .bind(0, project)
                .mapTo(Long.class)
                .findFirst()
                .orElse(0L);
    }

    private static List<String> candidates(
            Handle sql, String project, long since, String condition) {
        return sql.createQuery(
                        "SELECT test FROM testing_results WHERE project = ? AND place >= ? AND "
                                + condition
                                + " GROUP BY test ORDER BY COUNT(*) DESC, test LIMIT "
                                + CANDIDATES)
                .bind(0, project)
                .bind(1, since)
                .mapTo(String.class)
                .list();
    }
}
