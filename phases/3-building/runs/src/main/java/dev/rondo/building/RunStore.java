package dev.rondo.building;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Writes runs and their jobs, each change with its event in the same transaction. */
final class RunStore {
    static final String SELF = "rondo:building";

    /** A job that is cut off so often may be what ends Rondo: then a person has to look. */
    static final int MOST_TRIES = 8;

    private final Journal journal;

    RunStore(Journal journal) {
        this.journal = journal;
    }

    static Subject subject(Run run) {
        return Subject.of("pipelinerun", run.id());
    }

    static Subject subject(String run, String job) {
        return Subject.of("taskrun", run + "/" + job);
    }

    /** A run that is still to be made. */
    record NewRun(
            String project,
            String file,
            String name,
            String title,
            String trigger,
            Run.Source source,
            Run.EventData event,
            int attempt,
            String rerunOf) {}

    Run queue(Tx tx, NewRun wanted, Collection<Long> causes) {
        Handle sql = tx.sql();
        long number =
                sql.createQuery(
                                "INSERT INTO building_counters (project, last) VALUES (?, 1)"
                                        + " ON CONFLICT (project) DO UPDATE"
                                        + " SET last = building_counters.last + 1 RETURNING last")
                        .bind(0, wanted.project())
                        .mapTo(Long.class)
                        .one();
        String id = Ids.next();
        long now = Micros.now();
        update(
                sql,
                "INSERT INTO building_runs (id, project, number, file, name, title, trigger_kind,"
                        + " ref, commit_id, default_branch, actor, event_name, event_payload,"
                        + " attempt, rerun_of, state, outcome, message, cancelled_by, queued_at,"
                        + " started_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, 'queued', '', '', '', ?, 0, 0)",
                id,
                wanted.project(),
                number,
                wanted.file(),
                wanted.name(),
                wanted.title(),
                wanted.trigger(),
                wanted.source().ref(),
                wanted.source().commit(),
                wanted.source().defaultBranch(),
                wanted.source().actor(),
                wanted.event().name(),
                wanted.event().payload(),
                wanted.attempt(),
                wanted.rerunOf(),
                now);
        Run run = RunRows.run(sql, id).orElseThrow();
        append(
                tx,
                run.project(),
                subject(run),
                wanted.source().actor(),
                new Fact.PipelineRunQueued(
                        id,
                        number,
                        wanted.name(),
                        wanted.source().ref(),
                        wanted.source().commit(),
                        wanted.trigger()),
                causes);
        return run;
    }

    void start(Tx tx, Run run) {
        int changed =
                update(
                        tx.sql(),
                        "UPDATE building_runs SET state = 'running', started_at = ?"
                                + " WHERE id = ? AND state = 'queued'",
                        Micros.now(),
                        run.id());
        if (changed == 1) {
            append(
                    tx,
                    run.project(),
                    subject(run),
                    SELF,
                    new Fact.PipelineRunStarted(
                            run.id(), run.number(), run.name(), run.source().commit()),
                    causes(tx.sql(), run.project(), List.of(subject(run))));
        }
    }

    void finish(Tx tx, Run run, String outcome, String message, List<RunJob> jobs) {
        long now = Micros.now();
        int changed =
                update(
                        tx.sql(),
                        "UPDATE building_runs SET state = 'finished', outcome = ?, message = ?,"
                                + " finished_at = ? WHERE id = ? AND state <> 'finished'",
                        outcome,
                        message,
                        now,
                        run.id());
        if (changed == 0) {
            return;
        }
        var about = new ArrayList<Subject>();
        about.add(subject(run));
        jobs.forEach(job -> about.add(subject(run.id(), job.id())));
        append(
                tx,
                run.project(),
                subject(run),
                run.progress().cancelledBy().isEmpty() ? SELF : run.progress().cancelledBy(),
                new Fact.PipelineRunFinished(
                        run.id(),
                        run.number(),
                        run.name(),
                        run.source().ref(),
                        run.source().commit(),
                        run.source().defaultBranch(),
                        outcome,
                        message,
                        (now - run.progress().queuedAt()) / 1000),
                causes(tx.sql(), run.project(), about));
    }

    void cancel(Tx tx, Run run, String by) {
        update(
                tx.sql(),
                "UPDATE building_runs SET cancelled_by = ? WHERE id = ? AND state <> 'finished'",
                by,
                run.id());
    }

    /** Puts a job in its place; a waiting one of the same identifier is replaced. */
    void put(Handle sql, RunJob job) {
        update(sql, "DELETE FROM building_jobs WHERE run = ? AND id = ?", job.run(), job.id());
        update(
                sql,
                "INSERT INTO building_jobs (run, id, job, name, place, matrix, needs, state,"
                        + " outcome, allowed, message, outputs, tries, started_at, finished_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                job.finishedAt());
    }

    void remove(Handle sql, String run, String job) {
        update(sql, "DELETE FROM building_jobs WHERE run = ? AND id = ?", run, job);
    }

    void startJob(Tx tx, Run run, RunJob job) {
        update(
                tx.sql(),
                "UPDATE building_jobs SET state = 'running', started_at = ?, tries = tries + 1"
                        + " WHERE run = ? AND id = ?",
                Micros.now(),
                run.id(),
                job.id());
        update(
                tx.sql(),
                "DELETE FROM building_steps WHERE run = ? AND job = ?",
                run.id(),
                job.id());
        update(
                tx.sql(),
                "DELETE FROM building_annotations WHERE run = ? AND job = ?",
                run.id(),
                job.id());
        var about = new ArrayList<Subject>();
        about.add(subject(run));
        for (RunJob other : RunRows.jobs(tx.sql(), run.id())) {
            if (job.needs().contains(other.job())) {
                about.add(subject(run.id(), other.id()));
            }
        }
        append(
                tx,
                run.project(),
                subject(run.id(), job.id()),
                SELF,
                new Fact.TaskRunStarted(run.id(), job.id(), job.name()),
                causes(tx.sql(), run.project(), about));
    }

    /** How a job ended; a skipped one never began and says nothing to the journal. */
    void finishJob(Tx tx, Run run, RunJob job, JobResult result) {
        long now = Micros.now();
        update(
                tx.sql(),
                "UPDATE building_jobs SET state = 'finished', outcome = ?, allowed = ?,"
                        + " message = ?, outputs = ?, finished_at = ? WHERE run = ? AND id = ?",
                result.outcome(),
                result.allowed(),
                result.message(),
                result.outputs(),
                now,
                run.id(),
                job.id());
        if (!result.outcome().equals("skipped")) {
            sayFinished(tx, run, job, result);
        }
    }

    private void sayFinished(Tx tx, Run run, RunJob job, JobResult result) {
        long started = RunRows.job(tx.sql(), run.id(), job.id()).map(RunJob::startedAt).orElse(0L);
        append(
                tx,
                run.project(),
                subject(run.id(), job.id()),
                SELF,
                new Fact.TaskRunFinished(
                        run.id(),
                        job.id(),
                        job.name(),
                        run.source().commit(),
                        result.outcome(),
                        started == 0 ? 0 : (Micros.now() - started) / 1000,
                        result.reports()),
                causes(
                        tx.sql(),
                        run.project(),
                        List.of(subject(run), subject(run.id(), job.id()))));
    }

    /** A job that a crash of Rondo cut off: says so, and queues it once more if it may. */
    void interrupted(Tx tx, Run run, RunJob job) {
        var result = JobResult.of("interrupted", "Rondo ended while this job ran");
        sayFinished(tx, run, job, result);
        if (job.tries() < MOST_TRIES) {
            update(
                    tx.sql(),
                    "UPDATE building_jobs SET state = 'queued', message = ? WHERE run = ? AND id = ?",
                    result.message(),
                    run.id(),
                    job.id());
        } else {
            update(
                    tx.sql(),
                    "UPDATE building_jobs SET state = 'finished', outcome = 'interrupted',"
                            + " message = ?, finished_at = ? WHERE run = ? AND id = ?",
                    result.message(),
                    Micros.now(),
                    run.id(),
                    job.id());
        }
    }

    void artifact(Tx tx, Run run, String job, Packed packed) {
        update(
                tx.sql(),
                "INSERT INTO building_artifacts (run, name, job, digest, size, files, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, name) DO UPDATE SET"
                        + " job = excluded.job, digest = excluded.digest, size = excluded.size,"
                        + " files = excluded.files, created_at = excluded.created_at",
                run.id(),
                packed.name(),
                job,
                packed.digest(),
                packed.size(),
                packed.files(),
                Micros.now());
        append(
                tx,
                run.project(),
                Subject.of("artifact", packed.digest()),
                SELF,
                new Fact.ArtifactPackaged(
                        run.id(),
                        job,
                        packed.name(),
                        packed.digest(),
                        packed.size(),
                        run.source().commit()),
                causes(tx.sql(), run.project(), List.of(subject(run.id(), job))));
    }

    /** An artifact that was made. */
    record Packed(String name, String digest, long size, int files) {}

    Event append(
            Tx tx,
            String project,
            Subject subject,
            String actor,
            Fact fact,
            Collection<Long> causes) {
        return journal.append(tx, new Draft(project, subject, actor, fact), causes);
    }

    /** The latest event about each subject. */
    static List<Long> causes(Handle sql, String project, Collection<Subject> about) {
        return about.stream()
                .map(subject -> JournalReads.last(sql, project, subject))
                .flatMap(Optional::stream)
                .map(Event::seq)
                .toList();
    }

    static int update(Handle sql, String statement, Object... values) {
        try (Update update = sql.createUpdate(statement)) {
            for (int i = 0; i < values.length; i++) {
                update.bind(i, values[i]);
            }
            return update.execute();
        }
    }
}
