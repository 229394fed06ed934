package dev.rondo.testing;

import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What the reading of a run asks of the tables. */
final class EvidenceReads {
    private static final String RUN =
            "SELECT project, run, number, workflow, ref, commit_id, default_branch, outcome, place,"
                    + " finished_at, state, suite_seq, asked_by FROM testing_runs ";

    private EvidenceReads() {}

    /** Runs whose reports are to be read, those that wait longest first. */
    static List<Run> waiting(Handle sql) {
        return sql.createQuery(RUN + "WHERE state = 'waiting' ORDER BY place LIMIT 100")
                .map(EvidenceReads::run)
                .list();
    }

    static Optional<Run> run(Handle sql, RunKey key) {
        return sql.createQuery(RUN + "WHERE project = ? AND run = ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .map(EvidenceReads::run)
                .findFirst();
    }

    private static Run run(ResultSet row, StatementContext ctx) throws SQLException {
        return new Run(
                new RunKey(row.getString(1), row.getString(2)),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7) == 1,
                row.getString(8),
                row.getLong(9),
                Micros.toInstant(row.getLong(10)),
                row.getString(11).equals("done"),
                row.getLong(12),
                row.getString(13));
    }

    /** All files that jobs of the run left as reports. */
    static List<StoredReport> reports(Handle sql, RunKey key) {
        return sql.createQuery(
                        "SELECT job, path, name, digest, size, cause FROM testing_reports"
                                + " WHERE project = ? AND run = ? ORDER BY job, path LIMIT 10000")
                .bind(0, key.project())
                .bind(1, key.run())
                .map((row, ctx) ->
                        new StoredReport(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getLong(6)))
                .list();
    }

    /** Positions of the events that brought the run's reports. */
    static Set<Long> causes(Handle sql, RunKey key) {
        return new HashSet<>(
                sql.createQuery(
                                "SELECT DISTINCT j.cause FROM testing_jobs j"
                                        + " JOIN testing_reports r ON r.project = j.project"
                                        + " AND r.run = j.run AND r.job = j.job"
                                        + " WHERE j.project = ? AND j.run = ?")
                        .bind(0, key.project())
                        .bind(1, key.run())
                        .mapTo(Long.class)
                        .list());
    }

    /**
     * The run that others are compared with: the last one of the same workflow on the default
     * branch that came before and passed the gate. One that failed must not make its faults the
     * custom.
     */
    static Optional<String> baseline(Handle sql, Run run) {
        return sql.createQuery(
                        "SELECT run FROM testing_runs WHERE project = ? AND default_branch = 1"
                                + " AND workflow = ? AND place < ? AND run <> ?"
                                + " AND state = 'done' AND verdict = 'passed'"
                                + " ORDER BY place DESC LIMIT 1")
                .bind(0, run.key().project())
                .bind(1, run.workflow())
                .bind(2, run.place())
                .bind(3, run.key().run())
                .mapTo(String.class)
                .findFirst();
    }

    /** How long the run's suites took, in microseconds. */
    static long micros(Handle sql, RunKey key) {
        return sql.createQuery("SELECT micros FROM testing_runs WHERE project = ? AND run = ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .mapTo(Long.class)
                .one();
    }

    static Set<String> failedTests(Handle sql, String project, String run) {
        return new HashSet<>(
                sql.createQuery(
                                "SELECT DISTINCT test FROM testing_results WHERE project = ?"
                                        + " AND run = ? AND outcome IN ('failed', 'error') LIMIT "
                                        + Totals.COMPARED)
                        .bind(0, project)
                        .bind(1, run)
                        .mapTo(String.class)
                        .list());
    }

    static Set<String> fingerprints(Handle sql, String project, String run) {
        return new HashSet<>(
                sql.createQuery(
                                "SELECT fingerprint FROM testing_findings"
                                        + " WHERE project = ? AND run = ? LIMIT "
                                        + EvidenceSink.FINDINGS)
                        .bind(0, project)
                        .bind(1, run)
                        .mapTo(String.class)
                        .list());
    }

    /** What the push of the run's commit replaced, if that push is known. */
    static Optional<String> replaced(Handle sql, Run run) {
        return JournalReads.last(
                        sql,
                        run.key().project(),
                        Subject.of("change", run.commit()),
                        Kind.CHANGE_PUSHED)
                .map(event -> event.fact() instanceof Fact.ChangePushed push ? push.before() : "")
                .filter(before -> !before.isEmpty());
    }
}
