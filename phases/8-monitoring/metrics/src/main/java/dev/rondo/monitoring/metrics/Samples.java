package dev.rondo.monitoring.metrics;

import java.util.Arrays;

/** Samples of one series while a fetch gathers them. */
final class Samples {

    private long[] times = new long[64];
    private double[] values = new double[64];
    private int count;

    void add(long millis, double value) {
        if (count == times.length) {
            times = Arrays.copyOf(times, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        times[count] = millis * 1000;
        values[count] = value;
        count++;
    }

    int count() {
        return count;
    }

    Series toSeries(SeriesKey key) {
        return new Series(
                key.name(),
                key.labels(),
                Arrays.copyOf(times, count),
                Arrays.copyOf(values, count));
    }
}
