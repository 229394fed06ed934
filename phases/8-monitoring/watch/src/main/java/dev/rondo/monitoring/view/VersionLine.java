package dev.rondo.monitoring.view;

import java.util.List;

/** What one version does now, with its requests per second for the small line. */
public record VersionLine(
        String version,
        String role,
        List<Double> requests,
        String rate,
        String errorRatio,
        String p50,
        String p95,
        String p99) {}
