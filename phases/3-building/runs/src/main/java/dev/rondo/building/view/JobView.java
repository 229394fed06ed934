package dev.rondo.building.view;

import java.time.Duration;

/**
 * A job of a run; {@code allowed} is a failure that may be.
 *
 * @param waits why it waits, as a sentence; empty where it does not
 * @param environment where it deploys to, or empty; {@code url} is the place itself, once known
 * @param kept whether its result was taken over from an earlier run
 */
public record JobView(
        String id,
        String name,
        String standing,
        boolean allowed,
        String message,
        Duration length,
        String href,
        String waits,
        String environment,
        String url,
        boolean kept) {

    public boolean over() {
        return !standing.matches("waiting|queued|running");
    }

    /** Whether it may be run again by itself. */
    public boolean repeatable() {
        return over() && !standing.equals("skipped");
    }

    public String word() {
        return allowed ? "allowed" : standing;
    }
}
