package dev.rondo.engine;

import dev.rondo.records.JobResult;

/** What wakes the thread that leads a run. */
sealed interface Signal {
    record Granted(String job) implements Signal {}

    record Ended(String job, JobResult result) implements Signal {}

    /** Something outside changed: a group, a review, a wish to end. */
    record Look() implements Signal {}
}
