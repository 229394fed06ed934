package dev.rondo.engine;

import dev.rondo.actions.Workflow;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStore;
import dev.rondo.store.Micros;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether a run is to end, and which of its jobs with it. */
final class Stops {
    private static final long CANCEL = Limits.CANCEL_TIME.toMillis() * 1_000;
    private static final long RUN = Limits.RUN_TIME.toMillis() * 1_000;

    private final Workshop shop;
    private final Run run;
    private final Board board;
    private final Expansion expansion;
    private final Set<String> overdue = new HashSet<>();
    private Optional<Run.Stop> stop;

    /** When the next job ends that names its own time; the greatest long where none does. */
    private long nextOverdue = Long.MAX_VALUE;

    Stops(Workshop shop, Run run, Board board) {
        this.shop = shop;
        this.run = run;
        this.board = board;
        this.expansion = new Expansion(board);
        this.stop = of(run);
    }

    private static Optional<Run.Stop> of(Run run) {
        return Optional.of(run).filter(Run::cancelled).map(r -> r.progress().stop());
    }

    /** Looks whether somebody asked meanwhile. */
    void read() {
        stop = shop.spine().store().read(sql -> RunRows.run(sql, run.id())).flatMap(Stops::of);
    }

    boolean asked() {
        return stop.isPresent();
    }

    String why() {
        return stop.map(Run.Stop::reason).orElse("");
    }

    /** When to look again although nothing happened, in microseconds. */
    long deadline() {
        return stop.filter(s -> !s.forced() && !late(s))
                .map(s -> Math.min(nextOverdue, s.at() + CANCEL))
                .orElse(asked() ? Long.MAX_VALUE : run.progress().queuedAt() + RUN);
    }

    /** A run that goes on for too long is asked to end. */
    void endWhenOld() {
        if (!asked() && Micros.now() >= run.progress().queuedAt() + RUN) {
            shop.spine()
                    .store()
                    .update(tx ->
                            RunStore.stop(
                                    tx.sql(),
                                    run.id(),
                                    RunStore.SELF,
                                    "The run has exceeded the maximum time of "
                                            + Limits.RUN_TIME.toDays()
                                            + " days"));
            read();
        }
    }

    private static boolean late(Run.Stop stop) {
        return Micros.now() >= stop.at() + CANCEL;
    }

    /** Whether a job is to end whatever it does: all are, or its own time for that is over. */
    boolean force(RunJob row) {
        return force() || overdue.contains(row.id());
    }

    /** Whether what runs is to end whatever its conditions say. */
    private boolean force() {
        return stop.filter(s -> s.forced() || late(s)).isPresent();
    }

    /**
     * Why a job is to end now; empty while it may go on. As on GitHub, of a run that is cancelled
     * those jobs go on whose condition holds even so.
     */
    Optional<String> reason(Level level, JobGraph graph, Workflow.Job job, RunJob row) {
        if (!row.gate().stop().isEmpty()) {
            return Optional.of(row.gate().stop());
        }
        if (!asked()) {
            return Optional.empty();
        }
        if (force() || overdue(level, graph, job, row)) {
            return Optional.of("");
        }
        boolean open = row.state().equals("waiting") || survives(level, graph, job);
        return open ? Optional.empty() : Optional.of("");
    }

    /** {@code cancel-timeout-minutes}: a job that names none has the time that all have. */
    private boolean overdue(Level level, JobGraph graph, Workflow.Job job, RunJob row) {
        if (job.key("cancel-timeout-minutes").isEmpty() || !row.running()) {
            return false;
        }
        double minutes =
                job.key("cancel-timeout-minutes")
                        .map(t -> t.value(expansion.scope(level, graph, job, row)).number())
                        .orElse(Double.NaN);
        if (!(minutes > 0)) {
            return false;
        }
        long end = stop.map(Run.Stop::at).orElse(0L) + (long) Math.min(minutes * 60e6, CANCEL);
        if (Micros.now() < end) {
            nextOverdue = Math.min(nextOverdue, end);
            return false;
        }
        overdue.add(row.id());
        return true;
    }

    /** Whether its condition, and that of each job that calls it, holds in a cancelled run. */
    private boolean survives(Level level, JobGraph graph, Workflow.Job job) {
        if (!graph.holds(job, level.scope(job, graph), true)) {
            return false;
        }
        return level.up()
                .map(up ->
                        survives(
                                up,
                                new JobGraph(up.workflow(), board.within(up.caller())),
                                level.callingJob().orElseThrow()))
                .orElse(true);
    }
}
