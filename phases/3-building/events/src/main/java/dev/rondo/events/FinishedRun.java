package dev.rondo.events;

import java.time.Instant;

/**
 * A run as {@code workflow_run} tells of it.
 *
 * @param id the number by which it is called
 * @param number which of its workflow's runs it is
 * @param event what started it
 * @param conclusion in GitHub's words, empty until it has one
 * @param depth how many runs before it were started by {@code workflow_run}
 */
public record FinishedRun(
        long id,
        long number,
        String uuid,
        long workflowId,
        String workflow,
        String file,
        String title,
        String event,
        String ref,
        String commit,
        String actor,
        String status,
        String conclusion,
        int attempt,
        boolean rerun,
        int depth,
        Instant createdAt,
        Instant startedAt,
        Instant updatedAt) {

    /** Rondo's outcome in the words of GitHub's checks. */
    public static String conclusion(String outcome) {
        return switch (outcome) {
            case "", "success", "failure", "cancelled", "skipped" -> outcome;
            case "invalid" -> "startup_failure";
            default -> "failure";
        };
    }
}
