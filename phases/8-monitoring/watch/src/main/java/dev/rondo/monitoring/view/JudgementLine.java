package dev.rondo.monitoring.view;

import java.time.Instant;

/** A judgement in a list. */
public record JudgementLine(
        String path,
        String service,
        String environment,
        String stable,
        String candidate,
        String state,
        Instant askedAt,
        String requests,
        String errorRatio,
        String stableErrorRatio,
        String reason) {}
