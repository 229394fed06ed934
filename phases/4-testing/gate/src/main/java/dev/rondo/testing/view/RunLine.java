package dev.rondo.testing.view;

import java.time.Duration;
import java.time.Instant;

/**
 * A run in a list.
 *
 * @param verdict passed, failed or waiting
 * @param percent of lines covered, or negative where nothing is known
 * @param place orders runs
 */
public record RunLine(
        String run,
        long number,
        String workflow,
        String branch,
        String commit,
        String shortCommit,
        int tests,
        int bad,
        int skipped,
        double percent,
        int findings,
        String verdict,
        Duration time,
        Instant finishedAt,
        long place,
        String path) {

    public boolean covered() {
        return percent >= 0;
    }
}
