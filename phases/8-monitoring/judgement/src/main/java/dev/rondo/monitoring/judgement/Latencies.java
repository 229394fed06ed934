package dev.rondo.monitoring.judgement;

import java.util.Arrays;

/**
 * A histogram of seconds. Immutable.
 *
 * @param bounds upper bounds, rising; what is above the last is counted too
 * @param counts one more than bounds: how many fell into each, not added up
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, never handed out to be changed
public record Latencies(double[] bounds, double[] counts) {

    public static final Latencies NONE = new Latencies(new double[0], new double[1]);

    public Latencies {
        if (counts.length != bounds.length + 1) {
            throw new IllegalArgumentException("one count a bound, and one above");
        }
        bounds = bounds.clone();
        counts = counts.clone();
    }

    public Latencies plus(Latencies more) {
        if (bounds.length == 0) {
            return more;
        }
        if (more.bounds.length == 0) {
            return this;
        }
        if (!Arrays.equals(bounds, more.bounds)) {
            throw new IllegalArgumentException("histograms with different bounds");
        }
        var sum = counts.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more.counts[i];
        }
        return new Latencies(bounds, sum);
    }

    public long total() {
        return Math.round(Arrays.stream(counts).sum());
    }

    /** How many took longer than a bound of this histogram. */
    public long above(double bound) {
        double slower = counts[counts.length - 1];
        for (int i = 0; i < bounds.length; i++) {
            if (bounds[i] > bound) {
                slower += counts[i];
            }
        }
        return Math.round(slower);
    }

    /**
     * The quantile, interpolated within its bucket as Prometheus does it; the last bound if it lies
     * above that, 0 without counts.
     */
    public double quantile(double q) {
        double total = Arrays.stream(counts).sum();
        if (total == 0 || bounds.length == 0) {
            return 0;
        }
        var rank = q * total;
        double below = 0;
        for (int i = 0; i < bounds.length; i++) {
            if (below + counts[i] >= rank && counts[i] > 0) {
                var lower = i == 0 ? 0 : bounds[i - 1];
                return lower + (bounds[i] - lower) * (rank - below) / counts[i];
            }
            below += counts[i];
        }
        return bounds[bounds.length - 1];
    }

    /** The smallest bound that is not below the seconds; infinite if there is none. */
    double boundFrom(double seconds) {
        return Arrays.stream(bounds)
                .filter(bound -> bound >= seconds)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
