package dev.rondo.monitoring.view;

import java.time.Instant;
import java.util.List;

/**
 * Silences of alerts.
 *
 * @param hours how long a new one may be chosen to last
 * @param labels that a matcher may name
 * @param zone in which a time is written
 */
public record SilencesView(
        List<Line> lasting,
        List<Line> ended,
        List<Integer> hours,
        List<String> labels,
        String zone) {

    /**
     * A silence.
     *
     * @param endedBy who ended it before its time; empty when nobody did
     * @param alerts how many it silences now
     */
    public record Line(
            String id,
            String matchers,
            String comment,
            String account,
            Instant createdAt,
            Instant endsAt,
            String endedBy,
            long alerts) {}
}
