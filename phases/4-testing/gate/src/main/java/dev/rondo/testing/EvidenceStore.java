package dev.rondo.testing;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import dev.rondo.testing.reports.Finding;
import dev.rondo.testing.reports.Outcome;
import dev.rondo.testing.reports.SuiteResult;
import dev.rondo.testing.reports.TestResult;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes what testing knows of a run: what was heard, what was read, what was decided. */
final class EvidenceStore {
    /** Runs of a project whose tests are kept one by one; older ones keep their figures alone. */
    static final int RUNS_KEPT = 300;

    private static final int NAME = 500;

    private EvidenceStore() {}

    /** A job ended and left files that may be reports. */
    static void heard(Tx tx, Event event, Fact.TaskRunFinished fact) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO testing_jobs (project, run, job, cause) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (project, run, job)"
                                + " DO UPDATE SET cause = excluded.cause")
                .bind(0, event.project())
                .bind(1, fact.run())
                .bind(2, fact.job())
                .bind(3, event.seq())
                .execute();
        for (var file : fact.reports()) {
            tx.sql()
                    .createUpdate(
                            "INSERT INTO testing_reports"
                                    + " (project, run, job, path, name, digest, size, cause)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                                    + " ON CONFLICT (project, run, job, path) DO UPDATE SET"
                                    + " name = excluded.name, digest = excluded.digest,"
                                    + " size = excluded.size, cause = excluded.cause")
                    .bind(0, event.project())
                    .bind(1, fact.run())
                    .bind(2, fact.job())
                    .bind(3, file.path())
                    .bind(4, fact.name())
                    .bind(5, file.digest())
                    .bind(6, file.size())
                    .bind(7, event.seq())
                    .execute();
        }
    }

    /** A run ended, perhaps for the second time: its reports are to be read. */
    static void heard(Tx tx, Event event, Fact.PipelineRunFinished fact) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO testing_runs (project, run, number, workflow, ref, commit_id,"
                                + " default_branch, outcome, place, finished_at, state)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')"
                                + " ON CONFLICT (project, run) DO UPDATE SET"
                                + " outcome = excluded.outcome, place = excluded.place,"
                                + " finished_at = excluded.finished_at, state = 'waiting',"
                                + " suite_seq = 0, asked_by = ''")
                .bind(0, event.project())
                .bind(1, fact.run())
                .bind(2, fact.number())
                .bind(3, fact.workflow())
                .bind(4, fact.ref())
                .bind(5, fact.commit())
                .bind(6, fact.defaultBranch() ? 1 : 0)
                .bind(7, fact.outcome())
                .bind(8, event.seq())
                .bind(9, Micros.of(event.at()))
                .execute();
    }

    /** Asks for another decision; false where one is being made already, or the run is unknown. */
    static boolean ask(Tx tx, RunKey key, String account) {
        return tx.sql()
                        .createUpdate(
                                "UPDATE testing_runs SET state = 'waiting', asked_by = ?"
                                        + " WHERE project = ? AND run = ? AND state = 'done'")
                        .bind(0, account)
                        .bind(1, key.project())
                        .bind(2, key.run())
                        .execute()
                == 1;
    }

    /** Takes away what an earlier reading of the run left. */
    static void clear(Handle sql, RunKey key) {
        for (var table : List.of("suites", "results", "failures", "coverage", "findings")) {
            sql.createUpdate("DELETE FROM testing_" + table + " WHERE project = ? AND run = ?")
                    .bind(0, key.project())
                    .bind(1, key.run())
                    .execute();
        }
    }

    /** Takes away what was read of a report that then turned out to be broken. */
    static void drop(Handle sql, RunKey key, int firstResult, int firstSuite) {
        for (var table : List.of("results", "failures", "suites")) {
            sql.createUpdate(
                            "DELETE FROM testing_"
                                    + table
                                    + " WHERE project = ? AND run = ? AND ordinal >= ?")
                    .bind(0, key.project())
                    .bind(1, key.run())
                    .bind(2, table.equals("suites") ? firstSuite : firstResult)
                    .execute();
        }
    }

    static void read(Handle sql, RunKey key, StoredReport report, String format, String problem) {
        sql.createUpdate(
                        "UPDATE testing_reports SET format = ?, problem = ?"
                                + " WHERE project = ? AND run = ? AND job = ? AND path = ?")
                .bind(0, format)
                .bind(1, problem)
                .bind(2, key.project())
                .bind(3, key.run())
                .bind(4, report.job())
                .bind(5, report.path())
                .execute();
    }

    /** A result with its place in the run. */
    record Result(int ordinal, String test, TestResult result, Level level) {}

    static void add(Handle sql, RunKey key, long place, List<Result> results) {
        if (results.isEmpty()) {
            return;
        }
        try (var names =
                        sql.prepareBatch(
                                "INSERT INTO testing_tests"
                                        + " (project, test, holder, name, level, place)"
                                        + " VALUES (?, ?, ?, ?, ?, ?)"
                                        + " ON CONFLICT (project, test) DO UPDATE SET"
                                        + " level = excluded.level"
                                        + " WHERE testing_tests.level <> excluded.level");
                var rows =
                        sql.prepareBatch(
                                "INSERT INTO testing_results (project, run, ordinal, test, place,"
                                        + " outcome, flaky, attempts, micros)"
                                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (var each : results) {
                var result = each.result;
                names.bind(0, key.project())
                        .bind(1, each.test)
                        .bind(2, Names.shorten(holder(result), NAME))
                        .bind(3, Names.shorten(result.name(), NAME))
                        .bind(4, each.level.word())
                        .bind(5, place)
                        .add();
                rows.bind(0, key.project())
                        .bind(1, key.run())
                        .bind(2, each.ordinal)
                        .bind(3, each.test)
                        .bind(4, place)
                        .bind(5, result.outcome().word())
                        .bind(6, result.flaky() ? 1 : 0)
                        .bind(7, result.attempts())
                        .bind(8, result.micros())
                        .add();
            }
            names.execute();
            rows.execute();
        }
        addFailures(sql, key, results);
    }

    private static String holder(TestResult result) {
        return result.className().isEmpty() || result.className().equals(result.name())
                ? result.suite()
                : result.className();
    }

    private static void addFailures(Handle sql, RunKey key, List<Result> results) {
        var failures =
                results.stream()
                        .filter(each ->
                                !each.result.message().isEmpty() || !each.result.stack().isEmpty())
                        .toList();
        if (failures.isEmpty()) {
            return;
        }
        try (var rows =
                sql.prepareBatch(
                        "INSERT INTO testing_failures (project, run, ordinal, message, stack)"
                                + " VALUES (?, ?, ?, ?, ?)")) {
            for (var each : failures) {
                rows.bind(0, key.project())
                        .bind(1, key.run())
                        .bind(2, each.ordinal)
                        .bind(3, each.result.message())
                        .bind(4, each.result.stack())
                        .add();
            }
            rows.execute();
        }
    }

    /** A suite with its place in the run. */
    record Suite(int ordinal, SuiteResult suite, Level level) {}

    static void addSuites(Handle sql, RunKey key, List<Suite> suites) {
        if (suites.isEmpty()) {
            return;
        }
        try (var rows =
                sql.prepareBatch(
                        "INSERT INTO testing_suites (project, run, ordinal, name, level, tests,"
                                + " failed, errors, skipped, micros)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (var each : suites) {
                rows.bind(0, key.project())
                        .bind(1, key.run())
                        .bind(2, each.ordinal)
                        .bind(3, Names.shorten(each.suite.name(), NAME))
                        .bind(4, each.level.word())
                        .bind(5, each.suite.tests())
                        .bind(6, each.suite.failed())
                        .bind(7, each.suite.errors())
                        .bind(8, each.suite.skipped())
                        .bind(9, each.suite.micros())
                        .add();
            }
            rows.execute();
        }
    }

    static void addCoverage(Handle sql, RunKey key, List<CoveredFile> files) {
        if (files.isEmpty()) {
            return;
        }
        try (var rows =
                sql.prepareBatch(
                        "INSERT INTO testing_coverage (project, run, path, known, lines, covered,"
                                + " changed, lines_total, lines_covered, changed_total,"
                                + " changed_covered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (var file : files) {
                rows.bind(0, key.project())
                        .bind(1, key.run())
                        .bind(2, file.path())
                        .bind(3, file.known() ? 1 : 0)
                        .bind(4, file.lines().toString())
                        .bind(5, file.covered().toString())
                        .bind(6, file.changed().toString())
                        .bind(7, file.lines().count())
                        .bind(8, file.covered().count())
                        .bind(9, file.changed().count())
                        .bind(10, file.changedCovered())
                        .add();
            }
            rows.execute();
        }
    }

    /** A finding with its place in the run. */
    record Found(int ordinal, String fingerprint, Finding finding, boolean fresh) {}

    static void addFindings(Handle sql, RunKey key, List<Found> findings) {
        if (findings.isEmpty()) {
            return;
        }
        try (var rows =
                sql.prepareBatch(
                        "INSERT INTO testing_findings (project, run, ordinal, fingerprint, tool,"
                                + " rule, severity, message, path, line, col, fresh)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (var each : findings) {
                rows.bind(0, key.project())
                        .bind(1, key.run())
                        .bind(2, each.ordinal)
                        .bind(3, each.fingerprint)
                        .bind(4, Names.shorten(each.finding.tool(), NAME))
                        .bind(5, Names.shorten(each.finding.rule(), NAME))
                        .bind(6, each.finding.severity().word())
                        .bind(7, Names.shorten(each.finding.message(), 4 * NAME))
                        .bind(8, each.finding.path())
                        .bind(9, each.finding.line())
                        .bind(10, each.finding.column())
                        .bind(11, each.fresh ? 1 : 0)
                        .add();
            }
            rows.execute();
        }
    }

    /** The figures of a run, all of whose reports were read. */
    static void figures(Handle sql, RunKey key, Totals totals, Evidence evidence, String details) {
        var coverage = evidence.coverage();
        sql.createUpdate(
                        "UPDATE testing_runs SET reports = :reports, suites = :suites,"
                                + " tests = :tests, failed = :failed, errors = :errors,"
                                + " skipped = :skipped, flaky = :flaky, micros = :micros,"
                                + " lines_covered = :covered, lines_total = :total, base = :base,"
                                + " changed_covered = :changedCovered,"
                                + " changed_total = :changedTotal, findings = :findings,"
                                + " files_covered = (SELECT COUNT(*) FROM testing_coverage c"
                                + " WHERE c.project = :project AND c.run = :run),"
                                + " evidence = :details"
                                + " WHERE project = :project AND run = :run")
                .bind("reports", evidence.reports())
                .bind("suites", totals.suites())
                .bind("tests", totals.tests())
                .bind("failed", totals.count(Outcome.FAILED))
                .bind("errors", totals.count(Outcome.ERROR))
                .bind("skipped", totals.count(Outcome.SKIPPED))
                .bind("flaky", totals.flaky())
                .bind("micros", totals.micros())
                .bind("covered", coverage.covered())
                .bind("total", coverage.total())
                .bind("base", coverage.base().orElse(""))
                .bind("changedCovered", coverage.changedCovered())
                .bind("changedTotal", coverage.changedTotal())
                .bind("findings", evidence.findings().count())
                .bind("details", details)
                .bind("project", key.project())
                .bind("run", key.run())
                .execute();
    }

    /**
     * Ends the reading of a run.
     *
     * @return false where somebody else did so already
     */
    static boolean done(Handle sql, RunKey key, String verdict, long suiteSeq) {
        return sql.createUpdate(
                                "UPDATE testing_runs SET state = 'done', verdict = ?,"
                                        + " suite_seq = ?, asked_by = ''"
                                        + " WHERE project = ? AND run = ? AND state = 'waiting'")
                        .bind(0, verdict)
                        .bind(1, suiteSeq)
                        .bind(2, key.project())
                        .bind(3, key.run())
                        .execute()
                == 1;
    }

    /**
     * @param rules the commit whose rules were applied
     */
    static void decided(
            Handle sql, RunKey key, Event event, String verdict, String reasons, String rules) {
        sql.createUpdate(
                        "INSERT INTO testing_decisions"
                                + " (project, run, number, verdict, reasons, rules, actor, at, seq)"
                                + " SELECT ?, ?, COALESCE(MAX(number), 0) + 1, ?, ?, ?, ?, ?, ?"
                                + " FROM testing_decisions WHERE project = ? AND run = ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .bind(2, verdict)
                .bind(3, reasons)
                .bind(4, rules)
                .bind(5, event.actor())
                .bind(6, Micros.of(event.at()))
                .bind(7, event.seq())
                .bind(8, key.project())
                .bind(9, key.run())
                .execute();
    }

    /** Forgets the single tests of runs that are long past. */
    static void forget(Handle sql, String project) {
        var edge =
                sql.createQuery(
                                "SELECT place FROM testing_runs WHERE project = ?"
                                        + " ORDER BY place DESC LIMIT 1 OFFSET "
                                        + RUNS_KEPT)
                        .bind(0, project)
                        .mapTo(Long.class)
                        .findFirst();
        if (edge.isEmpty()) {
            return;
        }
        var old =
                sql.createQuery(
                                "SELECT DISTINCT r.run FROM testing_runs r"
                                        + " JOIN testing_suites s"
                                        + " ON s.project = r.project AND s.run = r.run"
                                        + " WHERE r.project = ? AND r.place <= ? LIMIT 20")
                        .bind(0, project)
                        .bind(1, edge.get())
                        .mapTo(String.class)
                        .list();
        old.forEach(run -> clear(sql, new RunKey(project, run)));
    }
}
