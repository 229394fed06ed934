package dev.rondo.building.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A run in a list. {@code standing} is its outcome, or its state while there is none; the notes of
 * an invalid one say where its mistakes are.
 */
public record RunRow(
        long number,
        String name,
        String title,
        String standing,
        String branch,
        String commit,
        String actor,
        String trigger,
        Instant queuedAt,
        Duration length,
        String href,
        List<String> notes) {

    public boolean over() {
        return !standing.matches("queued|pending|waiting|running");
    }

    /**
     * The word whose colour it has: one with failures that were allowed is neither green nor red.
     */
    public String tone() {
        return standing.equals("tolerated") ? "warning" : standing;
    }

    public String shortCommit() {
        return commit.substring(0, Math.min(10, commit.length()));
    }
}
