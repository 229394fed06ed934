package dev.rondo.operating.view;

import java.time.Instant;

/** An incident in a list; {@code resolved} is the epoch while it is open. */
public record IncidentRow(
        long number,
        String severity,
        String state,
        String title,
        String service,
        String environment,
        String version,
        Instant detected,
        Instant resolved) {

    public boolean over() {
        return state.equals("resolved");
    }
}
