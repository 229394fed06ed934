package dev.rondo.monitoring.metrics;

import java.time.Duration;

/**
 * @param days how many UTC days are kept, today among them
 * @param series how many series one day may have; a new one beyond that is refused
 * @param fetched how many samples one fetch may give
 * @param patience how long a fetch may take
 */
public record MetricLimits(int days, int series, int fetched, Duration patience) {

    public static final MetricLimits USUAL =
            new MetricLimits(15, 20_000, 5_000_000, Duration.ofSeconds(10));
}
