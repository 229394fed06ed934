package dev.rondo.records;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Writes the jobs of runs, each change with its event in the same transaction. A job that calls a
 * workflow, and one that was skipped, never ran: the journal does not hear of it.
 */
public final class JobStore {
    /** A job that is cut off so often may be what ends Rondo: then a person has to look. */
    static final int MOST_TRIES = 8;

    private final RunStore runs;

    public JobStore(RunStore runs) {
        this.runs = runs;
    }

    /** Puts a job in its place; one of the same identifier is replaced. */
    public void put(Handle sql, RunJob job) {
        remove(sql, job.run(), job.id());
        RunStore.update(
                sql,
                "INSERT INTO building_jobs (run, id, job, name, place, matrix, needs, state,"
                        + " outcome, allowed, message, outputs, tries, started_at, finished_at,"
                        + " caller, calls, inputs, labels, environment, url, waits, stop, ready_at,"
                        + " origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?, ?, ?, ?, ?)",
                job.run(),
                job.id(),
                job.job(),
                job.name(),
                job.place(),
                job.matrix(),
                String.join(",", job.needs()),
                job.state(),
                job.outcome(),
                job.allowed(),
                job.message(),
                job.outputs(),
                job.tries(),
                job.startedAt(),
                job.finishedAt(),
                job.call().caller(),
                job.call().calls(),
                job.call().inputs(),
                String.join("\n", job.gate().labels()),
                job.gate().environment(),
                job.gate().url(),
                job.gate().waits().stored(),
                job.gate().stop(),
                job.gate().readyAt(),
                job.gate().origin());
    }

    public void remove(Handle sql, String run, String job) {
        RunStore.update(sql, "DELETE FROM building_jobs WHERE run = ? AND id = ?", run, job);
    }

    public static void waits(Handle sql, RunJob job, Waits why) {
        RunStore.update(
                sql,
                "UPDATE building_jobs SET waits = ? WHERE run = ? AND id = ?",
                why.stored(),
                job.run(),
                job.id());
    }

    /** Asks a job to end, with the reason that it will give. */
    public static void stop(Handle sql, String run, String job, String reason) {
        RunStore.update(
                sql,
                "UPDATE building_jobs SET stop = ? WHERE run = ? AND id = ? AND stop = ''"
                        + " AND state <> 'finished'",
                reason,
                run,
                job);
    }

    public void start(Tx tx, Run run, RunJob job) {
        RunStore.update(
                tx.sql(),
                "UPDATE building_jobs SET state = 'running', waits = '', started_at = ?,"
                        + " tries = tries + 1 WHERE run = ? AND id = ?",
                job.startedAt() == 0 ? Micros.now() : job.startedAt(),
                run.id(),
                job.id());
        for (String table : List.of("building_steps", "building_annotations")) {
            RunStore.update(
                    tx.sql(),
                    "DELETE FROM " + table + " WHERE run = ? AND job = ?",
                    run.id(),
                    job.id());
        }
        var about = new ArrayList<Subject>();
        about.add(RunStore.subject(run));
        for (String need : job.needs()) {
            tx.sql()
                    .createQuery(
                            "SELECT id FROM building_jobs WHERE run = ? AND caller = ? AND job = ?")
                    .bind(0, run.id())
                    .bind(1, job.call().caller())
                    .bind(2, need)
                    .mapTo(String.class)
                    .forEach(id -> about.add(RunStore.subject(run.id(), id)));
        }
        runs.append(
                tx,
                run.project(),
                RunStore.subject(run.id(), job.id()),
                RunStore.SELF,
                new Fact.TaskRunStarted(run.id(), job.id(), job.name()),
                RunStore.causes(tx.sql(), run.project(), about));
    }

    public void finish(Tx tx, Run run, RunJob job, JobResult result) {
        RunStore.update(
                tx.sql(),
                "UPDATE building_jobs SET state = 'finished', outcome = ?, allowed = ?,"
                        + " message = ?, outputs = ?, url = ?, waits = '', finished_at = ?"
                        + " WHERE run = ? AND id = ?",
                result.outcome(),
                result.allowed(),
                result.message(),
                result.outputs(),
                result.url(),
                job.finishedAt() == 0 ? Micros.now() : job.finishedAt(),
                run.id(),
                job.id());
        if (!result.outcome().equals("skipped") && job.call().calls().isEmpty()) {
            sayFinished(tx, run, job, result);
        }
    }

    private void sayFinished(Tx tx, Run run, RunJob job, JobResult result) {
        long started = RunRows.job(tx.sql(), run.id(), job.id()).map(RunJob::startedAt).orElse(0L);
        runs.append(
                tx,
                run.project(),
                RunStore.subject(run.id(), job.id()),
                RunStore.SELF,
                new Fact.TaskRunFinished(
                        run.id(),
                        job.id(),
                        job.name(),
                        run.source().commit(),
                        result.outcome(),
                        started == 0 ? 0 : (Micros.now() - started) / 1000,
                        result.reports()),
                RunStore.causes(
                        tx.sql(),
                        run.project(),
                        List.of(RunStore.subject(run), RunStore.subject(run.id(), job.id()))));
    }

    /** A job that a crash of Rondo cut off: says so, and queues it once more if it may. */
    public void interrupted(Tx tx, Run run, RunJob job) {
        var result = JobResult.of("interrupted", "Rondo ended while this job ran");
        sayFinished(tx, run, job, result);
        if (job.tries() < MOST_TRIES) {
            RunStore.update(
                    tx.sql(),
                    "UPDATE building_jobs SET state = 'queued', message = ? WHERE run = ? AND id = ?",
                    result.message(),
                    run.id(),
                    job.id());
        } else {
            RunStore.update(
                    tx.sql(),
                    "UPDATE building_jobs SET state = 'finished', outcome = 'interrupted',"
                            + " message = ?, finished_at = ? WHERE run = ? AND id = ?",
                    result.message(),
                    Micros.now(),
                    run.id(),
                    job.id());
        }
    }
}
