package dev.rondo.monitoring.view;

import java.time.Instant;

/** An alert that is pending or firing. */
public record AlertLine(
        String rule,
        String service,
        String environment,
        String servicePath,
        String version,
        String state,
        String severity,
        String summary,
        String value,
        String threshold,
        Instant since) {}
