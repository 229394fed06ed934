package dev.rondo.testing.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a test did in its last runs, newest first.
 *
 * @param flaky it passed only when tried again, or both passed and failed for one commit
 * @param bars oldest first
 */
public record HistoryView(
        String holder,
        String name,
        String level,
        boolean flaky,
        int passed,
        int failed,
        Duration median,
        List<Point> points,
        List<Bar> bars) {

    public record Point(
            String path,
            long number,
            String branch,
            String shortCommit,
            String outcome,
            boolean flaky,
            int attempts,
            Duration time,
            Instant at,
            String message) {}

    /** A column of the drawing; the tone is good, bad, warn or neutral. */
    public record Bar(int x, int y, int height, String tone, String title, String path) {}
}
