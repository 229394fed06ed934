package dev.rondo.telemetry;

import java.util.List;

/**
 * Where figures are written and read. Safe for many threads; an instrument may be kept by its
 * writer, which saves the look-up. Names are Prometheus': lower case, base units, counters end in
 * {@code _total}.
 */
public interface Telemetry {

    Counter counter(String name, Labels labels);

    Gauge gauge(String name, Labels labels);

    /** A distribution of seconds, in {@link #SECONDS_BUCKETS}. */
    Histogram histogram(String name, Labels labels);

    /** Forgets one labelled figure, such as that of an instance that is gone. */
    void forget(String name, Labels labels);

    /** All figures as they stand now. */
    List<Sample> samples();

    /** Upper bounds in seconds; dense where web requests lie. */
    double[] SECONDS_BUCKETS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    /** Only grows. */
    interface Counter {
        void add(double amount);

        default void increment() {
            add(1);
        }
    }

    /** Goes both ways. */
    interface Gauge {
        void set(double value);
    }

    /** Counts observations per bucket. */
    interface Histogram {
        void observe(double seconds);
    }
}
