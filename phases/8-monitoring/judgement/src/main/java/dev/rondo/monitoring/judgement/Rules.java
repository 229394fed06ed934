package dev.rondo.monitoring.judgement;

/**
 * What a judgement demands.
 *
 * @param minRequests of the candidate, before it may pass
 * @param maxSeconds after which an open question ends as inconclusive
 * @param maxErrorRatioIncrease by how much the error ratio may grow, such as 0.01
 * @param maxLatencyFactor how many times the stable version's 95 % quantile is still fine
 * @param confidence one less the chance to fail a candidate that is as good as the stable version
 */
public record Rules(
        int minRequests,
        int maxSeconds,
        double maxErrorRatioIncrease,
        double maxLatencyFactor,
        double confidence) {

    /** Values that make no sense are brought back to the nearest that does. */
    public Rules {
        minRequests = Math.clamp(minRequests, 1, 10_000_000);
        maxSeconds = Math.clamp(maxSeconds, 1, 7 * 86_400);
        maxErrorRatioIncrease = within(maxErrorRatioIncrease, 0, 1);
        maxLatencyFactor = within(maxLatencyFactor, 1, 1000);
        confidence = within(confidence, 0.5, 0.999_999);
    }

    private static double within(double value, double low, double high) {
        return Double.isNaN(value) ? low : Math.clamp(value, low, high);
    }
}
