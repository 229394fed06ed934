package dev.rondo.records;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One job of a run; of a matrix each combination is one.
 *
 * @param id within the run: the workflow's job, behind it the number of the combination, and in
 *     front of it the job that calls the workflow
 * @param job the identifier in its workflow
 * @param matrix the combination as JSON
 * @param state waiting, queued, running or finished
 * @param outcome success, failure, cancelled, skipped or interrupted
 * @param allowed a failure that {@code continue-on-error} lets pass
 * @param outputs as JSON
 * @param tries how often it was started
 */
public record RunJob(
        String run,
        String id,
        String job,
        String name,
        int place,
        String matrix,
        List<String> needs,
        String state,
        String outcome,
        boolean allowed,
        String message,
        String outputs,
        int tries,
        long startedAt,
        long finishedAt,
        Call call,
        Gate gate) {
    private static final Comparator<RunJob> ORDER =
            Comparator.comparingInt(RunJob::place)
                    .thenComparingInt(job -> job.id().length())
                    .thenComparing(RunJob::id);

    /**
     * Where a job stands among called workflows.
     *
     * @param caller id of the job that calls the workflow which this one belongs to, or empty
     * @param calls the complete reference of the workflow that this job calls, or empty
     * @param inputs what it gives to that workflow, as JSON
     */
    public record Call(String caller, String calls, String inputs) {
        static final Call NONE = new Call("", "", "{}");
    }

    /**
     * What a job has to pass before it runs.
     *
     * @param labels of {@code runs-on}, one a line, a group in front with {@code group:}
     * @param url of the environment, once the job said so
     * @param stop why it is to end, decided by others; empty while it may go on
     * @param readyAt since when nothing that it needs is missing, in microseconds
     * @param origin the run in which it really ran, where its result was kept; else empty
     */
    public record Gate(
            List<String> labels,
            String environment,
            String url,
            Waits waits,
            String stop,
            long readyAt,
            String origin) {
        static final Gate NONE = new Gate(List.of(), "", "", Waits.NOT, "", 0, "");

        Gate waits(Waits why) {
            return new Gate(labels, environment, url, why, stop, readyAt, origin);
        }

        public Gate stop(String reason) {
            return new Gate(labels, environment, url, waits, reason, readyAt, origin);
        }

        Gate origin(String run) {
            return new Gate(labels, environment, url, Waits.NOT, "", readyAt, run);
        }
    }

    /** A job about which nothing is decided. */
    public static RunJob waiting(
            String run, String id, String job, String name, int place, List<String> needs) {
        return new RunJob(
                run, id, job, name, place, "{}", needs, "waiting", "", false, "", "{}", 0, 0, 0,
                Call.NONE, Gate.NONE);
    }

    public boolean finished() {
        return state.equals("finished");
    }

    public boolean running() {
        return state.equals("running");
    }

    /** Whether its workflow's jobs stand in its place. */
    public boolean opened() {
        return !call.calls().isEmpty() && startedAt > 0;
    }

    public String standing() {
        return finished() ? outcome : state;
    }

    /** What {@code needs.<job>.result} says. */
    public String result() {
        return allowed && outcome.equals("failure")
                ? "success"
                : outcome.equals("interrupted") ? "failure" : outcome;
    }

    /** Whether running it again could change something. */
    public boolean failed() {
        return finished() && Set.of("failure", "cancelled", "interrupted").contains(outcome);
    }

    public RunJob with(Call other) {
        return as(run, other, gate);
    }

    public RunJob with(Gate other) {
        return as(run, call, other);
    }

    /** With the same progress, as it stands. */
    private RunJob as(String ofRun, Call called, Gate gated) {
        return new RunJob(
                ofRun,
                id,
                job,
                name,
                place,
                matrix,
                needs,
                state,
                outcome,
                allowed,
                message,
                outputs,
                tries,
                startedAt,
                finishedAt,
                called,
                gated);
    }

    public RunJob with(Waits waits) {
        return with(gate.waits(waits));
    }

    /** One combination of it, in the queue since that moment. */
    public RunJob queued(String ownId, String title, String combination, long at) {
        return new RunJob(
                run,
                ownId,
                job,
                title,
                place,
                combination,
                needs,
                "queued",
                "",
                false,
                "",
                "{}",
                0,
                0,
                0,
                call,
                new Gate(List.of(), "", "", Waits.NOT, "", at, ""));
    }

    public RunJob started(long at) {
        return new RunJob(
                        run, id, job, name, place, matrix, needs, "running", "", false, message,
                        outputs, tries + 1, at, 0, call, gate)
                .with(Waits.NOT);
    }

    public RunJob ended(JobResult result, long at) {
        return new RunJob(
                        run,
                        id,
                        job,
                        name,
                        place,
                        matrix,
                        needs,
                        "finished",
                        result.outcome(),
                        result.allowed(),
                        result.message(),
                        result.outputs(),
                        tries,
                        startedAt,
                        at,
                        call,
                        gate)
                .with(Waits.NOT);
    }

    public RunJob in(String other) {
        return new RunJob(
                other, id, job, name, place, matrix, needs, state, outcome, allowed, message,
                outputs, 0, 0, 0, call, gate);
    }

    /** The same job, finished, as part of another run; what it said stays with the first one. */
    public RunJob keptIn(String other) {
        return as(other, call, gate.origin(gate.origin.isEmpty() ? run : gate.origin));
    }

    /** In the order of the file, the jobs of a called workflow behind the one that calls it. */
    public static List<RunJob> arranged(Collection<RunJob> jobs) {
        var below = new HashMap<String, List<RunJob>>();
        jobs.forEach(job ->
                below.computeIfAbsent(job.call().caller(), id -> new ArrayList<>()).add(job));
        below.values().forEach(list -> list.sort(ORDER));
        var all = new ArrayList<RunJob>();
        collect("", below, all);
        return all;
    }

    private static void collect(String caller, Map<String, List<RunJob>> below, List<RunJob> all) {
        for (RunJob job : below.getOrDefault(caller, List.of())) {
            all.add(job);
            collect(job.id(), below, all);
        }
    }
}
