package dev.rondo.journal;

import java.time.Instant;

/** An event that a reaction could not digest, with the error, until an operator retries it. */
public record ParkedEvent(
        String reaction, long seq, String project, Subject subject, String error, Instant at) {}
