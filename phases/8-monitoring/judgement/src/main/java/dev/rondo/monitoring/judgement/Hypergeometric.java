package dev.rondo.monitoring.judgement;

/**
 * The conditional likelihood of two samples with a common number of errors. Given how many errors
 * there are in all, how many of them fall on the candidate follows Fisher's noncentral
 * hypergeometric distribution, which knows nothing but the odds ratio: the error ratio itself,
 * which may drift all the time, has gone from it.
 */
final class Hypergeometric {

    private static final double[] SMALL = small();

    private Hypergeometric() {}

    private static double[] small() {
        var table = new double[1024];
        for (int i = 2; i < table.length; i++) {
            table[i] = table[i - 1] + Math.log(i);
        }
        return table;
    }

    /** log n!, by Stirling's series where the table ends (error below 1e-16 there). */
    static double logFactorial(long n) {
        if (n < SMALL.length) {
            return SMALL[(int) n];
        }
        double x = n;
        return x * Math.log(x)
                - x
                + 0.5 * Math.log(2 * Math.PI * x)
                + 1 / (12 * x)
                - 1 / (360 * x * x * x);
    }

    private static double logChoose(long n, long k) {
        return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    }

    /**
     * For each odds ratio, the logarithm of how many times likelier it makes the candidate's share
     * of the errors than an odds ratio of one does.
     */
    static double[] logLikelihoodRatios(Counts stable, Counts candidate, double[] oddsRatios) {
        var errors = stable.errors() + candidate.errors();
        var lowest = Math.max(0, errors - stable.requests());
        var highest = Math.min(errors, candidate.requests());
        var all = logChoose(stable.requests() + candidate.requests(), errors);
        var ratios = new double[oddsRatios.length];
        var sums = new double[oddsRatios.length];
        for (long share = lowest; share <= highest; share++) {
            var log =
                    logChoose(candidate.requests(), share)
                            + logChoose(stable.requests(), errors - share)
                            - all;
            for (int i = 0; i < sums.length; i++) {
                // Scaled by the observed share, so that nothing overflows that matters.
                sums[i] += Math.exp(log + (share - candidate.errors()) * Math.log(oddsRatios[i]));
            }
        }
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = -Math.log(sums[i]);
        }
        return ratios;
    }
}
