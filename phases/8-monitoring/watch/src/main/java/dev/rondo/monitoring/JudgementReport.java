package dev.rondo.monitoring;

import dev.rondo.monitoring.judgement.Look;
import dev.rondo.monitoring.judgement.Reason;
import dev.rondo.monitoring.judgement.Traffic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a judgement stood at its last look and how it came there; kept as JSON in its row. */
record JudgementReport(
        List<Reason> reasons,
        Side stable,
        Side candidate,
        double evidence,
        double slowness,
        double needed,
        double increaseLow,
        double increaseHigh,
        String worstRoute,
        double worstRouteErrorRatio,
        List<Point> course) {

    static final JudgementReport NONE =
            new JudgementReport(List.of(), Side.NONE, Side.NONE, 1, 1, 1, 0, 0, "", 0, List.of());

    /** One version in the time of the judgement. */
    record Side(
            long requests,
            long errors,
            double p50,
            double p95,
            double p99,
            Map<String, RouteCount> routes) {

        static final Side NONE = new Side(0, 0, 0, 0, 0, Map.of());

        static Side of(Traffic traffic) {
            var total = traffic.total();
            var routes = new TreeMap<String, RouteCount>();
            traffic.routes()
                    .forEach((r, c) -> routes.put(r, new RouteCount(c.requests(), c.errors())));
            return new Side(
                    total.requests(),
                    total.errors(),
                    traffic.latencies().quantile(0.5),
                    traffic.latencies().quantile(0.95),
                    traffic.latencies().quantile(0.99),
                    routes);
        }

        double ratio() {
            return requests == 0 ? 0 : (double) errors / requests;
        }
    }

    record RouteCount(long requests, long errors) {}

    /** A look on the way; {@code at} in microseconds, the rest as in {@link Look}. */
    record Point(
            long at,
            long stableRequests,
            long stableErrors,
            long candidateRequests,
            long candidateErrors,
            double evidence,
            double slowness) {}

    static JudgementReport of(Look look, List<Point> course) {
        return new JudgementReport(
                look.reasons(),
                Side.of(look.stable()),
                Side.of(look.candidate()),
                look.evidence(),
                look.slowness(),
                look.needed(),
                look.increase().low(),
                look.increase().high(),
                look.worstRoute(),
                look.worstRouteErrorRatio(),
                List.copyOf(course));
    }
}
