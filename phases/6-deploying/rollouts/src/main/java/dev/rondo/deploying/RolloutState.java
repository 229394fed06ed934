package dev.rondo.deploying;

/** Where a rollout stands. */
sealed interface RolloutState {

    /** Waits for another rollout into the same environment to end. */
    record Queued() implements RolloutState {}

    /** The old version's instances drain and stop before any of the new one starts. */
    record Clearing() implements RolloutState {}

    /** Instances of the new version are started and become healthy; no traffic yet. */
    record Preparing() implements RolloutState {}

    /**
     * At a step that takes time: a pause, a judgement, an approval.
     *
     * @param since microseconds
     */
    record AtStep(int step, long since) implements RolloutState {}

    /** All traffic is with the new version; the old one's instances drain and stop. */
    record Retiring() implements RolloutState {}

    /** All traffic is back; the new version's instances drain and stop. */
    record Reverting(Outcome outcome, Reason reason) implements RolloutState {}

    /** Instances of the old version, which had to stop first, are started again. */
    record Restoring(Outcome outcome, Reason reason) implements RolloutState {}

    record Finished(Outcome outcome, Reason reason) implements RolloutState {}

    /** The words of {@code RolloutFinished}. */
    enum Outcome {
        COMPLETED,
        ROLLEDBACK,
        FAILED,
        ABORTED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Outcome of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }

    default String word() {
        return switch (this) {
            case Queued queued -> "queued";
            case Clearing clearing -> "clearing";
            case Preparing preparing -> "preparing";
            case AtStep at -> "stepping";
            case Retiring retiring -> "retiring";
            case Reverting reverting -> "reverting";
            case Restoring restoring -> "restoring";
            case Finished finished -> "finished";
        };
    }

    default boolean over() {
        return this instanceof Finished;
    }
}
