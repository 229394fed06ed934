package dev.rondo.loop;

import dev.rondo.journal.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The four figures of DORA (https://dora.dev/guides/dora-metrics-four-keys), from causes: a
 * deployment failed if its rollout was rolled back or if it caused an incident, not because
 * something happened soon after it. Pure.
 *
 * @param days that the window has
 */
record Dora(
        int days, List<Deployment> deployments, List<Change> changes, List<Restoration> restored) {

    /**
     * One rollout into production that ended. {@code failure} is the event that made it a failure.
     */
    record Deployment(Event rollout, Event end, String version, Optional<Event> failure) {}

    /** A commit that went live: from when it was written to when all traffic went to it. */
    record Change(String commit, String subject, Event push, Event live, Duration lead) {}

    /** An incident that was resolved. */
    record Restoration(Event resolved, long number, Duration time) {}

    double perDay() {
        return days == 0 ? 0 : (double) deployments.size() / days;
    }

    long failed() {
        return deployments.stream().filter(one -> one.failure().isPresent()).count();
    }

    Optional<Double> failureRate() {
        return deployments.isEmpty()
                ? Optional.empty()
                : Optional.of((double) failed() / deployments.size());
    }

    Optional<Duration> leadTime() {
        return median(changes.stream().map(Change::lead).toList());
    }

    Optional<Duration> timeToRestore() {
        return median(restored.stream().map(Restoration::time).toList());
    }

    /** The median; of an even number the mean of the two in the middle. */
    static Optional<Duration> median(List<Duration> durations) {
        if (durations.isEmpty()) {
            return Optional.empty();
        }
        var sorted = new ArrayList<>(durations);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return Optional.of(
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2));
    }
}
