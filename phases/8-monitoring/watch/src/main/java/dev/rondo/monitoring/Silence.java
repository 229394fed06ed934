package dev.rondo.monitoring;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Alerts of which nobody is to hear for a while: they are recorded, and open no incident, send no
 * message and stop no rollout. It ends by itself, or when somebody ends it.
 *
 * @param comment why
 * @param endsAt microseconds
 * @param endedBy who ended it before its time; empty when nobody did
 */
record Silence(
        String id,
        String project,
        Matchers matchers,
        String comment,
        String account,
        long createdAt,
        long endsAt,
        String endedBy) {

    boolean lasts(long now) {
        return endedBy.isEmpty() && now < endsAt;
    }

    boolean covers(AlertStore.Key key, String severity, String version, long now) {
        return lasts(now)
                && project.equals(key.service().project())
                && matchers.hold(
                        Map.of(
                                "alertname", key.rule(),
                                "service", key.service().service(),
                                "environment", key.service().environment(),
                                "severity", severity,
                                "version", version));
    }

    /** Of several the one that lasts longest. */
    static Optional<Silence> of(AlertStore.Row row, List<Silence> silences, long now) {
        return of(row.key(), row.severity(), row.alert().version(), silences, now);
    }

    static Optional<Silence> of(
            AlertStore.Key key, String severity, String version, List<Silence> silences, long now) {
        return silences.stream()
                .filter(silence -> silence.covers(key, severity, version, now))
                .max(java.util.Comparator.comparingLong(Silence::endsAt));
    }
}
