package dev.rondo.monitoring.judgement;

/**
 * Between which values a figure lies, for the reader of a judgement; the decision does not rest on
 * it.
 */
public record Interval(double low, double high) {

    /** Wilson's score interval of one ratio. */
    public static Interval of(Counts counts, double z) {
        if (counts.requests() == 0) {
            return new Interval(0, 1);
        }
        double n = counts.requests();
        var p = counts.ratio();
        var middle = p + z * z / (2 * n);
        var half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        var scale = 1 + z * z / n;
        return new Interval(
                Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale));
    }

    /** Newcombe's interval of the candidate's ratio less the stable version's (method 10). */
    public static Interval ofDifference(Counts stable, Counts candidate, double z) {
        var s = of(stable, z);
        var c = of(candidate, z);
        var difference = candidate.ratio() - stable.ratio();
        return new Interval(
                difference - Math.hypot(candidate.ratio() - c.low(), s.high() - stable.ratio()),
                difference + Math.hypot(c.high() - candidate.ratio(), stable.ratio() - s.low()));
    }

    /**
     * The standard normal quantile of (1 + confidence) / 2, by bisection over the error function.
     */
    public static double z(double confidence) {
        double low = 0;
        double high = 10;
        for (int i = 0; i < 60; i++) {
            var middle = (low + high) / 2;
            if (central(middle) < confidence) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Chance that a standard normal value lies within ±z: Abramowitz and Stegun 7.1.26. */
    private static double central(double z) {
        var x = z / Math.sqrt(2);
        var t = 1 / (1 + 0.3275911 * x);
        var poly =
                t
                        * (0.254829592
                                + t
                                        * (-0.284496736
                                                + t
                                                        * (1.421413741
                                                                + t
                                                                        * (-1.453152027
                                                                                + t
                                                                                        * 1.061405429))));
        return 1 - poly * Math.exp(-x * x);
    }
}
