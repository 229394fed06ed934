package dev.rondo.deploying;

import dev.rondo.deploying.RolloutState.Outcome;
import dev.rondo.journal.Subject;
import java.util.List;
import java.util.Optional;

/**
 * A rollout as it is stored.
 *
 * @param from the version that lived there when it began, or empty
 */
record Rollout(
        String id,
        Place place,
        String version,
        String from,
        Source source,
        Course course,
        RolloutState state,
        Traffic traffic,
        Marks marks) {

    /** What it brings, and by which rules. */
    record Source(String commit, String artifact, List<Long> tickets, String delivery) {}

    /** Which plan of the delivery is followed. */
    enum Course {
        FIRST,
        NEXT,
        /**
         * Back to an earlier version: all at once, since it is known; two versions at once only
         * where they may.
         */
        BACK
    }

    /** Percent of the new version, and since when. */
    record Traffic(int weight, long since) {}

    /**
     * @param event the last event about it, which causes the next
     * @param judgement the last judgement's event, or 0
     * @param finishedAt 0 while it is under way
     * @param reached the last step that took time, or -1
     */
    record Marks(
            String actor,
            long event,
            long judgement,
            long createdAt,
            long finishedAt,
            int reached) {}

    Delivery delivery() {
        return DeliveryFile.read(source.delivery());
    }

    Delivery.Environment environment() {
        return delivery().environment(place.environment()).orElseThrow();
    }

    Plan plan() {
        return switch (course) {
            case FIRST -> environment().first();
            case NEXT -> environment().next();
            case BACK ->
                    Plan.standard(
                            environment().next().oldStopsFirst()
                                    ? Plan.Strategy.BIG_BANG
                                    : Plan.Strategy.BLUE_GREEN);
        };
    }

    Subject subject() {
        return Subject.of("rollout", id);
    }

    boolean queued() {
        return state instanceof RolloutState.Queued;
    }

    Optional<Outcome> outcome() {
        return switch (state) {
            case RolloutState.Finished finished -> Optional.of(finished.outcome());
            case RolloutState.Reverting reverting -> Optional.of(reverting.outcome());
            case RolloutState.Restoring restoring -> Optional.of(restoring.outcome());
            default -> Optional.empty();
        };
    }

    Reason reason() {
        return switch (state) {
            case RolloutState.Finished finished -> finished.reason();
            case RolloutState.Reverting reverting -> reverting.reason();
            case RolloutState.Restoring restoring -> restoring.reason();
            default -> Reason.NONE;
        };
    }

    int step() {
        return state instanceof RolloutState.AtStep at ? at.step() : -1;
    }
}
