package dev.rondo.monitoring.view;

import dev.rondo.journal.Subject;
import java.time.Instant;
import java.util.List;

/**
 * The page of a judgement.
 *
 * @param increase of the error ratio with its interval, as text
 * @param share of the evidence that is needed, 0 to 1 on a logarithmic scale
 */
public record JudgementView(
        String path,
        String apiPath,
        Subject rollout,
        Subject serviceSubject,
        String service,
        String environment,
        String state,
        boolean open,
        Instant askedAt,
        Instant endedAt,
        List<String> reasons,
        List<Sample> samples,
        List<RouteLine> routes,
        String worstRoute,
        String increase,
        String interval,
        String confidence,
        String evidence,
        String slowness,
        String needed,
        double share,
        double slowShare,
        List<String> rules) {

    /** One version in the time of the judgement. */
    public record Sample(
            String roleKey,
            String version,
            String requests,
            String errors,
            String errorRatio,
            String p50,
            String p95,
            String p99) {}

    /** One route in both versions. */
    public record RouteLine(
            String route,
            String stableRequests,
            String stableRatio,
            String candidateRequests,
            String candidateRatio,
            boolean worst) {}
}
