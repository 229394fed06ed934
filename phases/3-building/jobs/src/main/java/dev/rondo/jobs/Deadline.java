package dev.rondo.jobs;

import java.time.Duration;

/** A moment by which something has to have ended. */
record Deadline(long nanos, Duration whole) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), time);
    }

    /** The earlier of this one and one in so many minutes; not a number or 0 is no limit. */
    Deadline within(double minutes) {
        if (Double.isNaN(minutes) || minutes <= 0) {
            return this;
        }
        var other = in(Duration.ofMillis((long) (Math.min(minutes, 1_000_000) * 60_000)));
        return other.nanos() - nanos < 0 ? other : this;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(1, nanos - System.nanoTime()));
    }

    boolean passed() {
        return System.nanoTime() - nanos >= 0;
    }

    /** As the runner writes it: {@code 3} or {@code 0.5}. */
    String minutes() {
        double minutes = whole.toMillis() / 60_000.0;
        return minutes == Math.rint(minutes)
                ? String.valueOf((long) minutes)
                : String.valueOf(minutes);
    }
}
