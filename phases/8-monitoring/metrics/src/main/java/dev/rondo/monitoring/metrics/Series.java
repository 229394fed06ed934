package dev.rondo.monitoring.metrics;

import dev.rondo.telemetry.Labels;

/**
 * Samples of one series in rising order of time.
 *
 * @param times microseconds since 1970, kept to the millisecond
 * @param values as many as times
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by agreement; copies would cost the most here
public record Series(String name, Labels labels, long[] times, double[] values) {

    /** What names a series; two fetches of the same series give equal ones. */
    public record Id(String name, Labels labels) {}

    public Id id() {
        return new Id(name, labels);
    }

    public int size() {
        return times.length;
    }
}
