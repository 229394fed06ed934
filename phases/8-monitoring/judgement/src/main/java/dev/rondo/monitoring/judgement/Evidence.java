package dev.rondo.monitoring.judgement;

/**
 * How strongly the counts say that the candidate goes wrong more often: an e-value, that is, a bet
 * that starts with 1 and that nobody can expect to grow as long as both are equally good. It may be
 * looked at after every batch: the chance that it ever reaches 1/α by luck is at most α (Ville).
 *
 * <p>The bet is spread over odds ratios from 1.5 to 200, so that both a slight and a gross fault
 * are found soon. Each batch counts by its conditional likelihood, see {@link Hypergeometric}.
 */
final class Evidence {

    private static final double[] ODDS_RATIOS = {1.5, 2, 3, 5, 8, 13, 21, 34, 55, 100, 200};

    private final double[] logs = new double[ODDS_RATIOS.length];
    private Counts stable = Counts.NONE;
    private Counts candidate = Counts.NONE;

    /** Takes a batch; one in which a version has no requests waits for the next. */
    void add(Counts moreStable, Counts moreCandidate) {
        stable = stable.plus(moreStable);
        candidate = candidate.plus(moreCandidate);
        if (stable.requests() == 0 || candidate.requests() == 0) {
            return;
        }
        if (stable.errors() + candidate.errors() > 0) {
            var ratios = Hypergeometric.logLikelihoodRatios(stable, candidate, ODDS_RATIOS);
            for (int i = 0; i < logs.length; i++) {
                logs[i] += ratios[i];
            }
        }
        stable = Counts.NONE;
        candidate = Counts.NONE;
    }

    /** Takes a batch of the candidate alone, against a ratio that is known from before. */
    void addAgainst(double ratio, Counts more) {
        for (int i = 0; i < logs.length; i++) {
            var odds = ODDS_RATIOS[i] * ratio / (1 - ratio);
            var worse = odds / (1 + odds);
            logs[i] +=
                    more.errors() * Math.log(worse / ratio)
                            + (more.requests() - more.errors())
                                    * Math.log((1 - worse) / (1 - ratio));
        }
    }

    /** The logarithm of the e-value. */
    double log() {
        return logMean(logs);
    }

    private static double logMean(double[] logs) {
        var sum = Double.NEGATIVE_INFINITY;
        for (var log : logs) {
            sum = logSum(sum, log);
        }
        return sum - Math.log(logs.length);
    }

    /** log(e^a + e^b) without overflow. */
    static double logSum(double a, double b) {
        var high = Math.max(a, b);
        return high == Double.NEGATIVE_INFINITY
                ? high
                : high + Math.log(Math.exp(a - high) + Math.exp(b - high));
    }
}
