package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.monitoring.metrics.Series;
import dev.rondo.telemetry.Labels;
import org.junit.jupiter.api.Test;

class CountersTest {

    private static Series series(double... values) {
        var times = new long[values.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = (i + 1) * 1_000_000L;
        }
        return new Series("c", Labels.NONE, times, values);
    }

    @Test
    void anIncreaseCountsFromTheLastSampleBeforeTheWindow() {
        assertThat(Counters.increase(series(5, 7, 9, 14), 2_000_000, 4_000_000)).isEqualTo(7);
        assertThat(Counters.increase(series(5, 7, 9, 14), 2_500_000, 3_500_000)).isEqualTo(2);
    }

    @Test
    void aFallIsAResetAndCountsFromZero() {
        assertThat(Counters.increase(series(100, 120, 3, 8), 1_000_000, 4_000_000)).isEqualTo(28);
    }

    @Test
    void aSeriesThatBeginsInTheWindowCountsFromItsZero() {
        assertThat(Counters.increase(series(0, 4), 0, 2_000_000)).isEqualTo(4);
        // It was away, and nobody knows what it had counted when it left.
        assertThat(Counters.increase(series(400, 404), 0, 2_000_000)).isEqualTo(4);
    }

    @Test
    void nothingIsCountedWithoutSamples() {
        assertThat(Counters.increase(series(), 0, 9_000_000)).isZero();
        assertThat(Counters.rates(series(), new long[] {1, 2}, 10, 0)).containsExactly(0, 0);
    }

    @Test
    void ratesAreOverTheWindowThatEndsAtEachTime() {
        var rates =
                Counters.rates(
                        series(0, 10, 30, 2, 2),
                        new long[] {1_000_000, 3_000_000, 4_000_000, 5_000_000},
                        2_000_000,
                        0);
        assertThat(rates).containsExactly(0, 15, 11, 1);
    }

    @Test
    void whatWasNotThereYetDoesNotThinTheRate() {
        var rates =
                Counters.rates(
                        series(0, 10, 20, 30),
                        new long[] {2_000_000, 4_000_000},
                        60_000_000,
                        1_000_000);
        assertThat(rates).containsExactly(10, 10);
    }
}
