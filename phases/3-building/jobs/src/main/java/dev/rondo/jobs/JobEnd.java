package dev.rondo.jobs;

import java.util.Map;

/**
 * How a job ended.
 *
 * @param outcome success, failure, cancelled, or interrupted where Rondo stopped
 * @param allowed a failure that {@code continue-on-error} lets pass
 * @param message one sentence about what failed, or empty
 * @param url of the environment that it deployed to, or empty
 */
public record JobEnd(
        String outcome, boolean allowed, String message, Map<String, String> outputs, String url) {
    static JobEnd of(String outcome, String message) {
        return new JobEnd(outcome, false, message, Map.of(), "");
    }
}
