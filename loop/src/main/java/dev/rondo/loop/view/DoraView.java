package dev.rondo.loop.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The four figures with what each was counted from. */
public record DoraView(
        int days,
        String environment,
        String perDay,
        int deployed,
        long failed,
        String failureRate,
        Optional<Duration> leadTime,
        Optional<Duration> timeToRestore,
        List<Evidence> deployments,
        List<Evidence> changes,
        List<Evidence> restorations) {

    /** One piece of evidence; {@code href} and {@code note} may be empty. */
    public record Evidence(
            String title,
            String href,
            String note,
            String tone,
            long seq,
            Instant at,
            Duration length) {}
}
