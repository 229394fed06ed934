package dev.rondo.records;

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
public final class RunStore {
    public static final String SELF = "rondo:building";

    private final Journal journal;

    public RunStore(Journal journal) {
        this.journal = journal;
    }

    public static Subject subject(Run run) {
        return Subject.of("pipelinerun", run.id());
    }

    public static Subject subject(String run, String job) {
        return Subject.of("taskrun", run + "/" + job);
    }

    /** A run that is still to be made. */
    public record NewRun(
            String project,
            String file,
            String name,
            String title,
            String trigger,
            Run.Source source,
            Run.EventData event,
            Optional<Again> again) {}

    /** Which attempt is repeated, and whether more is to be said this time. */
    public record Again(Run before, boolean debug) {}

    public Run queue(Tx tx, NewRun wanted, Collection<Long> causes) {
        return queue(tx, wanted, causes, wanted.source().actor());
    }

    /** {@code startedBy} is who ordered it, the actor is in whose name it runs. */
    public Run queue(Tx tx, NewRun wanted, Collection<Long> causes, String startedBy) {
        Handle sql = tx.sql();
        Numbers numbers = numbers(sql, wanted);
        String id = Ids.next();
        long now = Micros.now();
        update(
                sql,
                "INSERT INTO building_runs (id, project, number, ordinal, turn, file, name, title, trigger_kind,"
                        + " ref, commit_id, default_branch, actor, event_name, event_payload,"
                        + " attempt, rerun_of, state, outcome, message, cancelled_by, queued_at,"
                        + " started_at, finished_at, started_by, debug) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', '', '', '', ?, 0, 0, ?, ?)",
                id,
                wanted.project(),
                numbers.run(),
                numbers.ordinal(),
                numbers.turn(),
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
                numbers.attempt(),
                wanted.again().map(again -> again.before().id()).orElse(""),
                now,
                startedBy,
                wanted.again().map(Again::debug).orElse(false));
        Run run = RunRows.run(sql, id).orElseThrow();
        append(
                tx,
                run.project(),
                subject(run),
                startedBy,
                new Fact.PipelineRunQueued(
                        id,
                        numbers.run(),
                        wanted.name(),
                        wanted.source().ref(),
                        wanted.source().commit(),
                        wanted.trigger()),
                causes);
        return run;
    }

    private record Numbers(long run, long ordinal, int attempt, long turn) {}

    private static Numbers numbers(Handle sql, NewRun wanted) {
        Optional<Run> old = wanted.again().map(Again::before);
        Numbers next =
                sql.createQuery(
                                "INSERT INTO building_counters (project, last, turns)"
                                        + " VALUES (?, 1, 1) ON CONFLICT (project) DO UPDATE SET"
                                        + " last = building_counters.last + ?,"
                                        + " turns = building_counters.turns + 1"
                                        + " RETURNING last, turns")
                        .bind(0, wanted.project())
                        .bind(1, old.isPresent() ? 0 : 1)
                        .map((r, c) -> new Numbers(r.getLong(1), 0, 1, r.getLong(2)))
                        .one();
        if (old.isPresent()) {
            Run before = old.get();
            return new Numbers(
                    before.number(), before.ordinal(), before.attempt() + 1, next.turn());
        }
        return new Numbers(next.run(), ordinal(sql, wanted), 1, next.turn());
    }

    private static long ordinal(Handle sql, NewRun wanted) {
        return sql.createQuery(
                        "INSERT INTO building_ordinals (project, file, last) VALUES (?, ?, 1)"
                                + " ON CONFLICT (project, file) DO UPDATE SET"
                                + " last = building_ordinals.last + 1 RETURNING last")
                .bind(0, wanted.project())
                .bind(1, wanted.file())
                .mapTo(Long.class)
                .one();
    }

    /** The next attempt may take its place; false where one has done so already. */
    public static boolean giveWay(Handle sql, Run old) {
        return update(
                        sql,
                        "UPDATE building_runs SET latest = FALSE WHERE id = ? AND latest = TRUE",
                        old.id())
                == 1;
    }

    public void start(Tx tx, Run run) {
        int changed =
                update(
                        tx.sql(),
                        "UPDATE building_runs SET state = 'running', waits = '', started_at = ?"
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

    public void finish(Tx tx, Run run, String outcome, String message, List<RunJob> jobs) {
        long now = Micros.now();
        int changed =
                update(
                        tx.sql(),
                        "UPDATE building_runs SET state = 'finished', outcome = ?, message = ?,"
                                + " tolerated = ?, waits = '', finished_at = ?"
                                + " WHERE id = ? AND state <> 'finished'",
                        outcome,
                        message,
                        (int) jobs.stream().filter(RunJob::allowed).count(),
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

    /** Asks a run to end; who asked first is kept. A second time asks for its end at once. */
    public static void stop(Handle sql, String run, String by, String reason) {
        update(
                sql,
                "UPDATE building_runs SET cancelled_by = ?, cancel_reason = ?, cancelled_at = ?"
                        + " WHERE id = ? AND state <> 'finished' AND cancelled_by = ''",
                by,
                reason,
                Micros.now(),
                run);
    }

    /** Nothing of a run goes on, whatever its conditions say. */
    public static void force(Handle sql, String run) {
        update(
                sql,
                "UPDATE building_runs SET cancel_forced = TRUE WHERE id = ? AND state <> 'finished'",
                run);
    }

    public static void waits(Handle sql, String run, Waits why) {
        update(sql, "UPDATE building_runs SET waits = ? WHERE id = ?", why.stored(), run);
    }

    public Event append(
            Tx tx,
            String project,
            Subject subject,
            String actor,
            Fact fact,
            Collection<Long> causes) {
        return journal.append(tx, new Draft(project, subject, actor, fact), causes);
    }

    /** The latest event about each subject. */
    public static List<Long> causes(Handle sql, String project, Collection<Subject> about) {
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
