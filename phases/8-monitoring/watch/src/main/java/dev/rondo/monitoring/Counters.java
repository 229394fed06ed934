package dev.rondo.monitoring;

import dev.rondo.monitoring.metrics.Series;

/**
 * What a counter says over a time. A fall is a reset, as in Prometheus: the new value counts from
 * zero. The sampler writes a zero before the first sample of every counter that is new to the
 * process, so that the first count is not lost; hence a series without a sample before the window
 * that starts above zero has been away, and counts from what it shows first.
 */
final class Counters {

    private Counters() {}

    /** How much was counted after {@code from} until {@code to}, both in microseconds. */
    static double increase(Series series, long from, long to) {
        var times = series.times();
        var values = series.values();
        double sum = 0;
        var before = Double.NaN;
        for (int i = 0; i < times.length && times[i] <= to; i++) {
            if (times[i] > from) {
                sum += step(before, values[i]);
            }
            before = values[i];
        }
        return sum;
    }

    /** From one sample to the next; nothing from none. */
    static double step(double before, double value) {
        if (Double.isNaN(before)) {
            return 0;
        }
        return value >= before ? value - before : value;
    }

    /**
     * Per second over a window that ends at each of the times.
     *
     * @param window microseconds
     * @param begin since when anything could be counted: a window that reaches behind it is shorter
     */
    static double[] rates(Series series, long[] ends, long window, long begin) {
        var times = series.times();
        var sums = new double[times.length];
        for (int i = 1; i < times.length; i++) {
            sums[i] = sums[i - 1] + step(series.values()[i - 1], series.values()[i]);
        }
        var rates = new double[ends.length];
        for (int i = 0; i < ends.length; i++) {
            var last = lastUntil(times, ends[i]);
            if (last < 0) {
                continue;
            }
            var first = lastUntil(times, ends[i] - window);
            var span = Math.clamp(ends[i] - begin, Math.min(1_000_000, window), window);
            rates[i] = (sums[last] - (first < 0 ? 0 : sums[first])) * 1e6 / span;
        }
        return rates;
    }

    /** Index of the last time that is not after the limit, or -1. */
    static int lastUntil(long[] times, long limit) {
        var low = 0;
        var high = times.length - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            if (times[middle] <= limit) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
