package dev.rondo.monitoring.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HypergeometricTest {

    @Test
    void withEqualVersionsTheRatioIsOneInTheMean() {
        // An e-value: summed over all outcomes with their chance under equality it is exactly 1.
        var random = new Random(1);
        double[] odds = {1.5, 5, 50};
        for (int round = 0; round < 200; round++) {
            long n = 1 + random.nextInt(40);
            long m = 1 + random.nextInt(40);
            long errors = random.nextLong(n + m + 1);
            var mean = new double[odds.length];
            for (long share = Math.max(0, errors - n); share <= Math.min(errors, m); share++) {
                var chance =
                        Math.exp(
                                choose(m, share)
                                        + choose(n, errors - share)
                                        - choose(n + m, errors));
                var ratios =
                        Hypergeometric.logLikelihoodRatios(
                                new Counts(n, errors - share), new Counts(m, share), odds);
                for (int i = 0; i < odds.length; i++) {
                    mean[i] += chance * Math.exp(ratios[i]);
                }
            }
            for (var value : mean) {
                assertThat(value).isCloseTo(1, offset(1e-9));
            }
        }
    }

    private static double choose(long n, long k) {
        return Hypergeometric.logFactorial(n)
                - Hypergeometric.logFactorial(k)
                - Hypergeometric.logFactorial(n - k);
    }

    @Test
    void oneErrorOnOneOfTwoSidesIsWorthItsShare() {
        var ratios =
                Hypergeometric.logLikelihoodRatios(
                        new Counts(11, 0), new Counts(1, 1), new double[] {20});
        assertThat(Math.exp(ratios[0])).isCloseTo(20 / ((20.0 + 11) / 12), offset(1e-9));
    }

    @Test
    void logFactorialsJoinWhereTheTableEnds() {
        assertThat(Hypergeometric.logFactorial(1024) - Hypergeometric.logFactorial(1023))
                .isCloseTo(Math.log(1024), offset(1e-9));
    }

    @Test
    void millionsOfRequestsDoNotOverflow() {
        var ratios =
                Hypergeometric.logLikelihoodRatios(
                        new Counts(9_000_000, 900),
                        new Counts(1_000_000, 500),
                        new double[] {2, 5});
        assertThat(ratios[0]).isFinite().isPositive();
    }
}
