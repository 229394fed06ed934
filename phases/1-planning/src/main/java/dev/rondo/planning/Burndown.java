package dev.rondo.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What is left of a sprint over time, as lines in a box of {@link #WIDTH} by {@link #HEIGHT}: in
 * points, or in items where nothing is estimated.
 */
record Burndown(String line, String ideal) {

    static final int WIDTH = 320;
    static final int HEIGHT = 96;
    private static final Duration USUAL = Duration.ofDays(14);
    private static final Burndown NONE = new Burndown("", "");

    static Burndown of(Sprint sprint, List<SprintStore.Left> moments, Instant now) {
        boolean started = sprint.startsAt().isAfter(Instant.EPOCH);
        if (!started || moments.isEmpty()) {
            return NONE;
        }
        boolean inPoints = moments.stream().anyMatch(left -> left.points() > 0);
        var from = sprint.startsAt();
        var to = sprint.endsAt().isAfter(from) ? sprint.endsAt() : from.plus(USUAL);
        long top =
                Math.max(
                        1,
                        moments.stream()
                                .mapToLong(left -> inPoints ? left.points() : left.tickets())
                                .max()
                                .orElse(1));
        var line = new StringBuilder();
        long before = -1;
        for (var left : moments) {
            long value = inPoints ? left.remaining() : left.ticketsLeft();
            double x = x(from, to, left.at());
            // Steps: what is left stays until it changes.
            if (before >= 0) {
                point(line, x, y(before, top));
            }
            point(line, x, y(value, top));
            before = value;
        }
        var end = sprint.state().equals(Sprint.FINISHED) ? to : now;
        point(line, x(from, to, end), y(before, top));
        return new Burndown(line.toString(), "0,%d %d,%d".formatted(4, WIDTH, HEIGHT - 4));
    }

    private static double x(Instant from, Instant to, Instant at) {
        double whole = Duration.between(from, to).toMillis();
        return Math.clamp(Duration.between(from, at).toMillis() / whole, 0, 1) * WIDTH;
    }

    private static double y(long value, long top) {
        return 4 + (HEIGHT - 8) * (1 - (double) value / top);
    }

    private static void point(StringBuilder line, double x, double y) {
        line.append(line.isEmpty() ? "" : " ")
                .append(String.format(Locale.ROOT, "%.1f,%.1f", x, y));
    }
}
