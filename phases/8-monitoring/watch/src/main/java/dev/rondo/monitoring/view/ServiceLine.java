package dev.rondo.monitoring.view;

import java.util.List;

/**
 * A service on the overview.
 *
 * @param weight percent of the traffic that the candidate gets
 * @param requests per second over the last quarter of an hour, for the small line
 * @param instances such as "2 of 2"
 */
public record ServiceLine(
        String service,
        String environment,
        String path,
        String version,
        String candidate,
        int weight,
        List<Double> requests,
        String rate,
        String errorRatio,
        String latency,
        String instances,
        int firing,
        boolean healthy) {}
