package dev.rondo.results;

import java.time.Duration;

/**
 * How long and how much of each project is kept, with GitHub's figures.
 *
 * @param artifacts kept so long where their step says nothing; it may not say more
 * @param caches kept so long after somebody asked for them; beyond the size the least recently used
 *     ones go
 * @param logs of finished runs
 */
public record Retention(Most artifacts, Most caches, Most logs) {

    /** No limit by size. */
    public static final long ANY_SIZE = Long.MAX_VALUE;

    public static final Retention USUAL =
            new Retention(Most.of(90, ANY_SIZE), Most.of(7, 10L << 30), Most.of(90, ANY_SIZE));

    /**
     * The most of one kind.
     *
     * @param bytes of all of a project together; of artifacts and logs the oldest go beyond it, but
     *     nothing that is younger than a day
     */
    public record Most(Duration time, long bytes) {

        public static Most of(long days, long bytes) {
            return new Most(Duration.ofDays(days), bytes);
        }

        /** Whoever is asked for more gives what there is; 0 asks for nothing. */
        Most within(long days, long size) {
            var wanted = Duration.ofDays(days);
            return new Most(
                    days == 0 || wanted.compareTo(time) > 0 ? time : wanted,
                    size == 0 ? bytes : Math.min(size, bytes));
        }
    }
}
