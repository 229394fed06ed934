package dev.rondo.monitoring.metrics;

/** How much of its limits the store uses; bytes are those of the files. */
public record MetricUsage(int series, int seriesLimit, int days, long bytes) {}
