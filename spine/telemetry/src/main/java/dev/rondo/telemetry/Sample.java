package dev.rondo.telemetry;

/**
 * One figure as it stood when it was read. A histogram gives a sample per bucket ({@code
 * name_bucket} with the label {@code le}), and {@code name_sum} and {@code name_count}, as in
 * Prometheus' text format.
 */
public record Sample(String name, Labels labels, Kind kind, double value) {

    /** Counters only grow until the process ends; gauges go both ways. */
    public enum Kind {
        COUNTER,
        GAUGE
    }
}
