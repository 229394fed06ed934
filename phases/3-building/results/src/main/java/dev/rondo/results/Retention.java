package dev.rondo.results;

import java.time.Duration;

/**
 * How long and how much is kept, with GitHub's figures.
 *
 * @param artifacts how long an artifact is kept where its step says nothing; also the most it may
 *     say
 * @param cacheUnused how long a cache lives that nobody asks for
 * @param cacheBytes how much all caches of a project have together; beyond it the least recently
 *     used ones go
 * @param logs how long the logs of a finished run are kept
 */
public record Retention(Duration artifacts, Duration cacheUnused, long cacheBytes, Duration logs) {

    public static final Retention USUAL =
            new Retention(Duration.ofDays(90), Duration.ofDays(7), 10L << 30, Duration.ofDays(90));
}
