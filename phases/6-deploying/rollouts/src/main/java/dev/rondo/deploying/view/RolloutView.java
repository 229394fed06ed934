package dev.rondo.deploying.view;

import java.time.Instant;
import java.util.List;

/**
 * A rollout.
 *
 * @param state queued, clearing, preparing, stepping, retiring, reverting, restoring or the outcome
 * @param from what lived there before, or empty
 * @param finishedAt the epoch while it is under way
 * @param may what can be done to it now: abort, promote, approve
 */
public record RolloutView(
        String path,
        String service,
        String environment,
        String version,
        String from,
        String strategy,
        String state,
        String reason,
        int weight,
        String actor,
        Instant startedAt,
        Instant finishedAt,
        List<StepView> steps,
        List<String> may) {

    public boolean over() {
        return finishedAt.toEpochMilli() != 0;
    }

    /**
     * A step as it is drawn.
     *
     * @param kind clear, start, weight, pause, judge, approve or retire
     * @param label what it demands, such as {@code 10 %}
     * @param mark done, now, todo or failed
     */
    public record StepView(String kind, String label, String mark) {}
}
