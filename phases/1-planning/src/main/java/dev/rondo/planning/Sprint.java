package dev.rondo.planning;

import java.time.Instant;

/** A stretch of time with a goal; {@code startsAt} and {@code endsAt} are the epoch when unset. */
record Sprint(
        String id,
        String name,
        String goal,
        String state,
        Instant startsAt,
        Instant endsAt,
        Instant createdAt) {

    static final String PLANNED = "planned";
    static final String ACTIVE = "active";
    static final String FINISHED = "finished";
}
