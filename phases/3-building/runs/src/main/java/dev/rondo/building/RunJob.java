package dev.rondo.building;

import java.util.List;

/**
 * One job of a run; of a matrix each combination is one.
 *
 * @param id within the run: the workflow's job, and behind it the number of the combination
 * @param job the identifier in the workflow
 * @param matrix the combination as JSON
 * @param state waiting, queued, running or finished
 * @param outcome success, failure, cancelled, skipped or interrupted
 * @param allowed a failure that {@code continue-on-error} lets pass
 * @param outputs as JSON
 * @param tries how often it was started
 */
record RunJob(
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
        long finishedAt) {

    boolean finished() {
        return state.equals("finished");
    }

    String standing() {
        return finished() ? outcome : state;
    }

    /** What {@code needs.<job>.result} says. */
    String result() {
        return allowed && outcome.equals("failure")
                ? "success"
                : outcome.equals("interrupted") ? "failure" : outcome;
    }

    /** The same job, as part of another run. */
    RunJob of(String other) {
        return new RunJob(
                other,
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
                finishedAt);
    }
}
