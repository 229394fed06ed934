package dev.rondo.building;

/**
 * One run of one workflow.
 *
 * @param file path of the workflow in the repository
 * @param trigger push, dispatch or rerun
 * @param event {@code github.event_name} and {@code github.event} as JSON
 * @param rerunOf the run that this one repeats, or empty
 * @param progress where it stands
 */
record Run(
        String id,
        String project,
        long number,
        String file,
        String name,
        String title,
        String trigger,
        Source source,
        EventData event,
        int attempt,
        String rerunOf,
        Progress progress) {

    /** What is built and who caused it. */
    record Source(String ref, String commit, boolean defaultBranch, String actor) {
        String branch() {
            return ref.replaceFirst("^refs/(heads|tags)/", "");
        }
    }

    record EventData(String name, String payload) {}

    /** States: queued, running, finished; times in microseconds, 0 while they lie ahead. */
    record Progress(
            String state,
            String outcome,
            String message,
            String cancelledBy,
            long queuedAt,
            long startedAt,
            long finishedAt) {}

    boolean finished() {
        return progress.state().equals("finished");
    }

    /** What people read: the outcome, or the state while there is none. */
    String standing() {
        return finished() ? progress.outcome() : progress.state();
    }
}
