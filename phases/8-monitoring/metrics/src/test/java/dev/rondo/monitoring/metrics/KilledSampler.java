package dev.rondo.monitoring.metrics;

import dev.rondo.telemetry.Labels;
import dev.rondo.telemetry.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Samples as fast as it can and says which instants are acknowledged, until it is killed. */
final class KilledSampler {

    static final long START = 1_795_305_600_000_000L;
    static final long STEP = 250_000;
    static final int SERIES = 30;

    private KilledSampler() {}

    public static void main(String[] args) {
        try (var store = MetricStore.open(Path.of(args[0]), MetricLimits.USUAL)) {
            for (long i = Long.parseLong(args[1]); ; i++) {
                store.append(START + i * STEP, samples(i));
                System.out.println(i);
            }
        }
    }

    static List<Sample> samples(long i) {
        var samples = new ArrayList<Sample>();
        for (int s = 0; s < SERIES; s++) {
            samples.add(
                    new Sample("killed", Labels.of("s", "" + s), Sample.Kind.COUNTER, value(s, i)));
        }
        return samples;
    }

    static double value(int series, long i) {
        return series % 2 == 0 ? i * series : Math.sin(i) * series;
    }
}
