package dev.rondo.monitoring.metrics;

import java.util.Arrays;

/** The samples of a series that are not in a chunk yet; they stand in the log of batches. */
final class Head {

    private long[] times = new long[8];
    private double[] values = new double[8];
    private int count;
    private long last;

    /** Begins after what the chunks already hold. */
    Head(long last) {
        this.last = last;
    }

    /** False if the series already has a sample of this time or a later one. */
    boolean add(long millis, double value) {
        if (millis <= last) {
            return false;
        }
        if (count == times.length) {
            times = Arrays.copyOf(times, Math.min(count * 2, Chunk.SAMPLES));
            values = Arrays.copyOf(values, times.length);
        }
        times[count] = millis;
        values[count] = value;
        count++;
        last = millis;
        return true;
    }

    boolean full() {
        return count >= Chunk.SAMPLES;
    }

    boolean empty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** Time of the first sample; of an empty head, later than every time. */
    long first() {
        return count == 0 ? Long.MAX_VALUE : times[0];
    }

    long last() {
        return last;
    }

    byte[] encode() {
        return Chunk.encode(times, values, count);
    }

    void clear() {
        count = 0;
    }

    long[] times() {
        return Arrays.copyOf(times, count);
    }

    double[] values() {
        return Arrays.copyOf(values, count);
    }
}
