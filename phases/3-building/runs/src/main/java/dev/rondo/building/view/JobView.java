package dev.rondo.building.view;

import java.time.Duration;

/** A job of a run; {@code allowed} is a failure that may be. */
public record JobView(
        String id,
        String name,
        String standing,
        boolean allowed,
        String message,
        Duration length,
        String href) {

    public boolean over() {
        return !standing.matches("waiting|queued|running");
    }
}
