package dev.rondo.monitoring.metrics;

import java.util.Arrays;

/** Samples of one series while a fetch gathers them. */
final class Samples {

    private long[] times = new long[64];
    private double[] values = new double[64];
    private int count;

    /**
     * Takes a sample. Within a step the last one replaces those before it, unless the value fell: a
     * counter that was reset would lose what it had counted.
     *
     * @return whether there is one more now
     */
    boolean add(long millis, double value, long step) {
        if (step > 1
                && count > 0
                && times[count - 1] / 1000 / step == millis / step
                && values[count - 1] <= value) {
            times[count - 1] = millis * 1000;
            values[count - 1] = value;
            return false;
        }
        if (count == times.length) {
            times = Arrays.copyOf(times, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        times[count] = millis * 1000;
        values[count] = value;
        count++;
        return true;
    }

    Series toSeries(SeriesKey key) {
        return new Series(
                key.name(),
                key.labels(),
                Arrays.copyOf(times, count),
                Arrays.copyOf(values, count));
    }
}
