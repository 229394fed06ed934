package dev.rondo.records;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads rows of runs, jobs and steps. */
public final class RunRows {
    public static final String RUN =
            "SELECT id, project, number, ordinal, file, name, title, trigger_kind, ref, commit_id, turn,"
                    + " default_branch, actor, event_name, event_payload, attempt, rerun_of,"
                    + " latest, debug, state,"
                    + " outcome, message, cancelled_by, queued_at, started_at, finished_at,"
                    + " waits, cancel_reason, cancelled_at, cancel_forced, tolerated, started_by"
                    + " FROM building_runs ";
    private static final String JOB =
            "SELECT run, id, job, name, place, matrix, needs, state, outcome, allowed, message,"
                    + " outputs, tries, started_at, finished_at, caller, calls, inputs, labels,"
                    + " environment, url, waits, stop, ready_at, origin FROM building_jobs ";

    private RunRows() {}

    public static Optional<Run> run(Handle sql, String id) {
        return sql.createQuery(RUN + "WHERE id = ?").bind(0, id).map((r, c) -> run(r)).findOne();
    }

    /** The latest attempt of a run. */
    public static Optional<Run> numbered(Handle sql, String project, long number) {
        return attempts(sql, project, number).stream().findFirst();
    }

    /** The latest first. */
    public static List<Run> attempts(Handle sql, String project, long number) {
        return sql.createQuery(RUN + "WHERE project = ? AND number = ? ORDER BY attempt DESC")
                .bind(0, project)
                .bind(1, number)
                .map((r, c) -> run(r))
                .list();
    }

    /** The attempt that had this turn in the project. */
    public static Optional<Run> inTurn(Handle sql, String project, long place) {
        return sql.createQuery(RUN + "WHERE project = ? AND turn = ?")
                .bind(0, project)
                .bind(1, place)
                .map((r, c) -> run(r))
                .findOne();
    }

    /** Newest first, at most {@code limit}; {@code below} is a number, or the greatest long. */
    public static List<Run> before(Handle sql, String project, long below, int limit) {
        return sql.createQuery(
                        RUN
                                + "WHERE project = ? AND number < ? AND latest = TRUE"
                                + " ORDER BY number DESC LIMIT ?")
                .bind(0, project)
                .bind(1, below)
                .bind(2, limit)
                .map((r, c) -> run(r))
                .list();
    }

    /** Oldest first, above a number. */
    public static List<Run> above(Handle sql, String project, long above, int limit) {
        return sql.createQuery(
                        RUN
                                + "WHERE project = ? AND number > ? AND latest = TRUE"
                                + " ORDER BY number LIMIT ?")
                .bind(0, project)
                .bind(1, above)
                .bind(2, limit)
                .map((r, c) -> run(r))
                .list();
    }

    public static List<Run> ofCommit(Handle sql, String project, String commit, int limit) {
        return sql.createQuery(
                        RUN
                                + "WHERE project = ? AND commit_id = ? AND latest = TRUE"
                                + " ORDER BY number DESC LIMIT ?")
                .bind(0, project)
                .bind(1, commit)
                .bind(2, limit)
                .map((r, c) -> run(r))
                .list();
    }

    /** Of pushes whose commits name a ticket; newest first. */
    public static List<Run> ofTicket(Handle sql, String project, long ticket, int limit) {
        return sql.createQuery(
                        RUN
                                + "WHERE project = ? AND latest = TRUE AND number IN"
                                + " (SELECT r.number FROM building_tickets t JOIN building_runs r"
                                + " ON r.id = t.run WHERE t.project = ? AND t.ticket = ?)"
                                + " ORDER BY number DESC LIMIT ?")
                .bind(0, project)
                .bind(1, project)
                .bind(2, ticket)
                .bind(3, limit)
                .map((r, c) -> run(r))
                .list();
    }

    public static List<Run> unfinished(Handle sql) {
        return sql.createQuery(RUN + "WHERE state IN ('queued', 'running') ORDER BY queued_at")
                .map((r, c) -> run(r))
                .list();
    }

    public static long count(Handle sql, String project, String state) {
        return sql.createQuery("SELECT COUNT(*) FROM building_runs WHERE project = ? AND state = ?")
                .bind(0, project)
                .bind(1, state)
                .mapTo(Long.class)
                .one();
    }

    public static List<RunJob> jobs(Handle sql, String run) {
        return RunJob.arranged(
                sql.createQuery(JOB + "WHERE run = ?").bind(0, run).map((r, c) -> job(r)).list());
    }

    /** Jobs that were asked to end, and why. */
    public static Map<String, String> stops(Handle sql, String run) {
        var stops = new HashMap<String, String>();
        sql.createQuery(
                        "SELECT id, stop FROM building_jobs"
                                + " WHERE run = ? AND stop <> '' AND state <> 'finished'")
                .bind(0, run)
                .map((r, c) -> stops.put(r.getString(1), r.getString(2)))
                .list();
        return stops;
    }

    public static Optional<RunJob> job(Handle sql, String run, String id) {
        return sql.createQuery(JOB + "WHERE run = ? AND id = ?")
                .bind(0, run)
                .bind(1, id)
                .map((r, c) -> job(r))
                .findOne();
    }

    /** The steps of a job, or with an empty job those of the whole run. */
    public static List<RunStep> steps(Handle sql, String run, String job) {
        return sql.createQuery(
                        "SELECT job, place, id, title, outcome, conclusion, message, first_line,"
                                + " summary, started_at, finished_at FROM building_steps"
                                + " WHERE run = ? AND (job = ? OR ? = '') ORDER BY job, place")
                .bind(0, run)
                .bind(1, job)
                .bind(2, job)
                .map((r, c) -> step(r))
                .list();
    }

    private static RunStep step(ResultSet r) throws SQLException {
        return new RunStep(
                r.getString(1),
                r.getInt(2),
                r.getString(3),
                r.getString(4),
                r.getString(5),
                r.getString(6),
                r.getString(7),
                r.getLong(8),
                r.getString(9),
                r.getLong(10),
                r.getLong(11));
    }

    public static Run run(ResultSet r) throws SQLException {
        return new Run(
                r.getString("id"),
                r.getString("project"),
                r.getLong("number"),
                r.getLong("ordinal"),
                r.getString("file"),
                r.getString("name"),
                r.getString("title"),
                r.getString("trigger_kind"),
                new Run.Source(
                        r.getString("ref"),
                        r.getString("commit_id"),
                        r.getBoolean("default_branch"),
                        r.getString("actor")),
                new Run.EventData(r.getString("event_name"), r.getString("event_payload")),
                new Run.Turn(
                        r.getLong("turn"),
                        r.getInt("attempt"),
                        r.getString("rerun_of"),
                        r.getBoolean("latest"),
                        r.getBoolean("debug")),
                new Run.Progress(
                        r.getString("state"),
                        r.getString("outcome"),
                        r.getString("message"),
                        r.getString("cancelled_by"),
                        r.getLong("queued_at"),
                        r.getLong("started_at"),
                        r.getLong("finished_at"),
                        Waits.read(r.getString("waits")),
                        r.getInt("tolerated"),
                        new Run.Stop(
                                r.getString("cancel_reason"),
                                r.getLong("cancelled_at"),
                                r.getBoolean("cancel_forced"))),
                r.getString("started_by"));
    }

    private static RunJob job(ResultSet r) throws SQLException {
        String needs = r.getString("needs");
        String labels = r.getString("labels");
        return new RunJob(
                r.getString("run"),
                r.getString("id"),
                r.getString("job"),
                r.getString("name"),
                r.getInt("place"),
                r.getString("matrix"),
                needs.isEmpty() ? List.of() : List.of(needs.split(",")),
                r.getString("state"),
                r.getString("outcome"),
                r.getBoolean("allowed"),
                r.getString("message"),
                r.getString("outputs"),
                r.getInt("tries"),
                r.getLong("started_at"),
                r.getLong("finished_at"),
                new RunJob.Call(r.getString("caller"), r.getString("calls"), r.getString("inputs")),
                new RunJob.Gate(
                        labels.isEmpty() ? List.of() : List.of(labels.split("\n")),
                        r.getString("environment"),
                        r.getString("url"),
                        Waits.read(r.getString("waits")),
                        r.getString("stop"),
                        r.getLong("ready_at"),
                        r.getString("origin")));
    }
}
