package dev.rondo.records;

/**
 * One attempt of a run of one workflow; all attempts of a run have its number.
 *
 * @param number by which it is called: which of the project's runs it is
 * @param ordinal {@code github.run_number}: which of its workflow's runs it is
 * @param file path of the workflow in the repository
 * @param trigger push, dispatch or rerun
 * @param event {@code github.event_name} and {@code github.event} as JSON
 * @param turn which of the run's attempts it is
 * @param progress where it stands
 * @param startedBy who ordered it: of a repetition not the one in whose name it runs
 */
public record Run(
        String id,
        String project,
        long number,
        long ordinal,
        String file,
        String name,
        String title,
        String trigger,
        Source source,
        EventData event,
        Turn turn,
        Progress progress,
        String startedBy) {

    /** What is built and who caused it. */
    public record Source(String ref, String commit, boolean defaultBranch, String actor) {
        public String branch() {
            return ref.replaceFirst("^refs/(heads|tags)/", "");
        }
    }

    public record EventData(String name, String payload) {}

    /**
     * One attempt among others.
     *
     * @param place in which turn it came among the attempts of all runs of the project
     * @param attempt counts from 1
     * @param before the attempt that this one repeats, or empty
     * @param latest whether the run has no later one
     * @param debug whether it is asked to say more than usual
     */
    public record Turn(long place, int attempt, String before, boolean latest, boolean debug) {}

    public int attempt() {
        return turn.attempt();
    }

    /** Whether it repeats another. */
    public boolean again() {
        return !turn.before().isEmpty();
    }

    /**
     * States: queued, running, finished; times in microseconds, 0 while they lie ahead.
     *
     * @param tolerated how many jobs failed that were allowed to
     */
    public record Progress(
            String state,
            String outcome,
            String message,
            String cancelledBy,
            long queuedAt,
            long startedAt,
            long finishedAt,
            Waits waits,
            int tolerated,
            Stop stop) {}

    /** Why it is to end, since when, and whether at once. */
    public record Stop(String reason, long at, boolean forced) {}

    public boolean cancelled() {
        return !progress.cancelledBy().isEmpty();
    }

    public boolean finished() {
        return progress.state().equals("finished");
    }

    /**
     * What people read: the outcome, or the state while there is none. A success with failures that
     * were allowed is tolerated; one that waits for its group is pending, one that waits for a
     * review or a timer is waiting.
     */
    public String standing() {
        if (!finished()) {
            Waits waits = progress.waits();
            return waits.held()
                    ? "waiting"
                    : waits.kind().equals("labels")
                            ? "queued"
                            : waits.waiting() ? "pending" : progress.state();
        }
        return progress.outcome().equals("success") && progress.tolerated() > 0
                ? "tolerated"
                : progress.outcome();
    }
}
