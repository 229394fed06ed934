package dev.rondo.testing;

import java.time.Instant;

/**
 * A finished run, as testing knows it.
 *
 * @param place position of the event that finished it; orders runs
 * @param done whether its reports were read and the gate decided
 * @param suiteSeq position of the event that told of its tests, or 0
 * @param askedBy account that wants another decision, or empty
 */
record Run(
        RunKey key,
        long number,
        String workflow,
        String ref,
        String commit,
        boolean defaultBranch,
        String outcome,
        long place,
        Instant finishedAt,
        boolean done,
        long suiteSeq,
        String askedBy) {}
