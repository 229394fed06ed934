package dev.rondo.testing;

import dev.rondo.store.Micros;
import dev.rondo.testing.reports.Problem;
import dev.rondo.testing.view.EvidenceView;
import dev.rondo.testing.view.HistoryView;
import dev.rondo.testing.view.RunLine;
import dev.rondo.testing.view.TestLine;
import dev.rondo.web.Json;
import dev.rondo.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What pages, panels and the JSON interface ask of the tables. Every answer is bounded. */
final class PageReads {
    private static final String LINE =
            "SELECT run, number, workflow, ref, commit_id, tests, failed + errors AS bad, skipped,"
                    + " lines_covered, lines_total, findings, state, verdict, micros, finished_at,"
                    + " place, project FROM testing_runs ";

    private PageReads() {}

    /** Figures of a run that stand on its own page only. */
    record Figures(
            int suites,
            int errors,
            int flaky,
            int files,
            long covered,
            long total,
            String base,
            int changedCovered,
            int changedTotal,
            RunReading.Details details) {}

    /** A stored decision; reasons are by text keys. */
    record Decided(
            int number,
            String verdict,
            List<Reason> reasons,
            String rules,
            String actor,
            long at) {}

    static Optional<RunLine> line(Handle sql, RunKey key) {
        return sql.createQuery(LINE + "WHERE project = ? AND run = ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .map(PageReads::line)
                .findFirst();
    }

    private static RunLine line(ResultSet row, StatementContext ctx) throws SQLException {
        var run = row.getString("run");
        long total = row.getLong("lines_total");
        var commit = row.getString("commit_id");
        return new RunLine(
                run,
                row.getLong("number"),
                row.getString("workflow"),
                row.getString("ref").replaceFirst("^refs/(heads|tags)/", ""),
                commit,
                shortId(commit),
                row.getInt("tests"),
                row.getInt("bad"),
                row.getInt("skipped"),
                total == 0 ? -1 : ReportOutput.percent(row.getLong("lines_covered"), total),
                row.getInt("findings"),
                row.getString("state").equals("done") ? row.getString("verdict") : "waiting",
                Duration.ofNanos(row.getLong("micros") * 1000),
                Micros.toInstant(row.getLong("finished_at")),
                row.getLong("place"),
                "/projects/" + row.getString("project") + "/testing/runs/" + run);
    }

    static String shortId(String commit) {
        return commit.length() > 10 ? commit.substring(0, 10) : commit;
    }

    /** All runs of a project, newest first, paged by place. */
    static Paging.Slice<RunLine> runs(Handle sql, String project, Paging paging) {
        var key = paging.key().filter(text -> text.matches("[0-9]{1,18}")).map(Long::valueOf);
        boolean back = paging.backwards();
        var query =
                LINE
                        + "WHERE project = :project"
                        + (key.isEmpty() ? "" : back ? " AND place > :key" : " AND place < :key")
                        + (back ? " ORDER BY place LIMIT :n" : " ORDER BY place DESC LIMIT :n");
        var select = sql.createQuery(query).bind("project", project).bind("n", paging.limit());
        key.ifPresent(place -> select.bind("key", place));
        return paging.slice(select.map(PageReads::line).list(), line -> "" + line.place());
    }

    /** The last runs of the default branch whose reports were read, newest first. */
    static List<RunLine> lastOfDefaultBranch(Handle sql, String project, int limit) {
        return sql.createQuery(
                        LINE
                                + "WHERE project = ? AND default_branch = 1 AND state = 'done'"
                                + " ORDER BY place DESC LIMIT ?")
                .bind(0, project)
                .bind(1, limit)
                .map(PageReads::line)
                .list();
    }

    /** The last run of a branch that has any test, or the default branch's where it is empty. */
    static Optional<RunLine> last(Handle sql, String project, String branch) {
        return sql.createQuery(
                        LINE
                                + "WHERE project = ? AND state = 'done' AND "
                                + (branch.isEmpty() ? "default_branch = 1 AND ? = ''" : "ref = ?")
                                + " ORDER BY place DESC LIMIT 1")
                .bind(0, project)
                .bind(1, branch.isEmpty() ? "" : "refs/heads/" + branch)
                .map(PageReads::line)
                .findFirst();
    }

    static List<RunLine> ofCommit(Handle sql, String project, String commit) {
        return sql.createQuery(
                        LINE
                                + "WHERE project = ? AND commit_id = ?"
                                + " ORDER BY place DESC LIMIT 10")
                .bind(0, project)
                .bind(1, commit)
                .map(PageReads::line)
                .list();
    }

    static List<RunLine> ofTicket(Handle sql, String project, long ticket) {
        return sql.createQuery(
                        LINE
                                + "WHERE project = ? AND commit_id IN (SELECT commit_id"
                                + " FROM testing_mentions WHERE project = ? AND ticket = ?)"
                                + " ORDER BY place DESC LIMIT 5")
                .bind(0, project)
                .bind(1, project)
                .bind(2, ticket)
                .map(PageReads::line)
                .list();
    }

    static Figures figures(Handle sql, RunKey key) {
        return sql.createQuery(
                        "SELECT suites, errors, flaky, files_covered, lines_covered, lines_total,"
                                + " base, changed_covered, changed_total, evidence"
                                + " FROM testing_runs WHERE project = ? AND run = ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .map((row, ctx) ->
                        new Figures(
                                row.getInt(1),
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getString(7),
                                row.getInt(8),
                                row.getInt(9),
                                RunReading.Details.parse(row.getString(10))))
                .one();
    }

    static List<Decided> decisions(Handle sql, RunKey key) {
        return sql.createQuery(
                        "SELECT number, verdict, reasons, rules, actor, at FROM testing_decisions"
                                + " WHERE project = ? AND run = ? ORDER BY number DESC LIMIT 20")
                .bind(0, key.project())
                .bind(1, key.run())
                .map((row, ctx) ->
                        new Decided(
                                row.getInt(1),
                                row.getString(2),
                                List.of(Json.MAPPER.readValue(row.getString(3), Reason[].class)),
                                row.getString(4),
                                row.getString(5),
                                row.getLong(6)))
                .list();
    }

    static List<EvidenceView.Suite> suites(Handle sql, RunKey key, int limit) {
        return sql.createQuery(
                        "SELECT name, level, tests, failed + errors, skipped, micros"
                                + " FROM testing_suites WHERE project = ? AND run = ?"
                                + " AND tests > 0 ORDER BY ordinal LIMIT ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .bind(2, limit)
                .map((row, ctx) ->
                        new EvidenceView.Suite(
                                row.getString(1),
                                row.getString(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getInt(5),
                                Duration.ofNanos(row.getLong(6) * 1000)))
                .list();
    }

    static List<EvidenceView.File> files(Handle sql, RunKey key, int limit) {
        return sql.createQuery(
                        "SELECT path, lines_covered, lines_total, changed_covered, changed_total,"
                                + " changed, covered, known FROM testing_coverage"
                                + " WHERE project = ? AND run = ?"
                                + " ORDER BY CASE WHEN changed_total > 0 THEN 0 ELSE 1 END, path"
                                + " LIMIT ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .bind(2, limit)
                .map((row, ctx) -> CoveragePages.file(row, key))
                .list();
    }

    static List<EvidenceView.Report> reports(Handle sql, RunKey key, Sentences sentences) {
        return sql.createQuery(
                        "SELECT path, name, format, size, problem FROM testing_reports"
                                + " WHERE project = ? AND run = ? AND (format <> ''"
                                + " OR problem <> '') ORDER BY path, job LIMIT 500")
                .bind(0, key.project())
                .bind(1, key.run())
                .map((row, ctx) ->
                        new EvidenceView.Report(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                fault(row.getString(5), sentences)))
                .list();
    }

    private static String fault(String json, Sentences sentences) {
        if (json.isEmpty()) {
            return "";
        }
        var problem = Json.MAPPER.readValue(json, Problem.class);
        return ReportOutput.place(problem) + sentences.say(problem);
    }

    /** Waits, or is done: how many runs are being read now. */
    static long waiting(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT COUNT(*) FROM testing_runs WHERE project = ? AND state = 'waiting'")
                .bind(0, project)
                .mapTo(Long.class)
                .one();
    }

    /** A test of a list, from columns test, holder, name, level, outcome, micros and note. */
    static TestLine test(ResultSet row, String project) throws SQLException {
        return new TestLine(
                "/projects/" + project + "/testing/tests/" + row.getString("test"),
                row.getString("holder"),
                row.getString("name"),
                row.getString("level"),
                row.getString("outcome"),
                Duration.ofNanos(row.getLong("micros") * 1000),
                row.getString("note"));
    }

    /** One appearance of a test, from the same columns and those of its run. */
    static HistoryView.Point point(ResultSet row, String project) throws SQLException {
        return new HistoryView.Point(
                "/projects/" + project + "/testing/runs/" + row.getString("run"),
                row.getLong("number"),
                row.getString("ref").replaceFirst("^refs/(heads|tags)/", ""),
                shortId(row.getString("commit_id")),
                row.getString("outcome"),
                row.getInt("flaky") == 1,
                row.getInt("attempts"),
                Duration.ofNanos(row.getLong("micros") * 1000),
                Micros.toInstant(row.getLong("finished_at")),
                row.getString("message"));
    }
}
