package dev.rondo.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyChunkReadsBackAsItWasWritten(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var count = 1 + random.nextInt(Chunk.SAMPLES);
            var times = new long[count];
            var values = new double[count];
            var time = random.nextLong(2_000_000_000_000L);
            double value = random.nextInt(1000);
            for (int i = 0; i < count; i++) {
                time += 1 + random.nextLong(1L << random.nextInt(1, 40));
                value = next(random, value);
                times[i] = time;
                values[i] = value;
            }
            assertReadsBack(times, values);
        }
    }

    private static double next(Random random, double value) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> -0.0;
            case 3 -> random.nextGaussian();
            case 4 -> Double.longBitsToDouble(random.nextLong());
            case 5 -> value;
            default -> value + random.nextInt(50);
        };
    }

    @Test
    void aLongPauseBetweenSamplesIsKept() {
        assertReadsBack(
                new long[] {0, 1, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4 + 1},
                new double[] {1, 2, 3, 4});
    }

    @Test
    void anIdleSeriesTakesTwoBitsASample() {
        var times = new long[120];
        var values = new double[120];
        for (int i = 0; i < 120; i++) {
            times[i] = 1_700_000_000_000L + i * 1000L;
            values[i] = 42;
        }
        assertThat(Chunk.encode(times, values, 120).length).isLessThan(16 + 2 * 120 / 8 + 4);
    }

    private static void assertReadsBack(long[] times, double[] values) {
        var body = Chunk.encode(times, values, times.length);
        var readTimes = new ArrayList<Long>();
        var readBits = new ArrayList<Long>();
        Chunk.decode(
                body,
                times.length,
                (millis, value) -> {
                    readTimes.add(millis);
                    readBits.add(Double.doubleToRawLongBits(value));
                });
        for (int i = 0; i < times.length; i++) {
            assertThat(readTimes.get(i)).isEqualTo(times[i]);
            assertThat(readBits.get(i)).isEqualTo(Double.doubleToRawLongBits(values[i]));
        }
    }
}
