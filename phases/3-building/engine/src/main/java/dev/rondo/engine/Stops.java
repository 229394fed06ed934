package dev.rondo.engine;

import dev.rondo.actions.Workflow;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStore;
import dev.rondo.store.Micros;
import java.util.Optional;

/** Whether a run is to end, and which of its jobs with it. */
final class Stops {
    private static final long CANCEL = Limits.CANCEL_TIME.toMillis() * 1_000;
    private static final long RUN = Limits.RUN_TIME.toMillis() * 1_000;

    private final Workshop shop;
    private final Run run;
    private final Board board;
    private Optional<Run.Stop> stop;

    Stops(Workshop shop, Run run, Board board) {
        this.shop = shop;
        this.run = run;
        this.board = board;
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
                .map(s -> s.at() + CANCEL)
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

    /** Whether what runs is to end whatever its conditions say. */
    boolean force() {
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
        if (force()) {
            return Optional.of("");
        }
        boolean open = row.state().equals("waiting") || survives(level, graph, job);
        return open ? Optional.empty() : Optional.of("");
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
