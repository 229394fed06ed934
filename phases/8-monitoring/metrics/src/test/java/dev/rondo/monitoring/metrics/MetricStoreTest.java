package dev.rondo.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.monitoring.metrics.MetricStoreException.Category;
import dev.rondo.telemetry.Labels;
import dev.rondo.telemetry.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricStoreTest {

    private static final long NOON = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli() * 1000;
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;

    @TempDir Path folder;

    private static Sample sample(String name, double value, String... labels) {
        return new Sample(name, Labels.of(labels), Sample.Kind.GAUGE, value);
    }

    private MetricStore open() {
        return MetricStore.open(folder, MetricLimits.USUAL);
    }

    @Test
    void samplesComeBackInOrderAcrossChunksAndHead() {
        try (var store = open()) {
            for (int i = 0; i < 1000; i++) {
                assertThat(store.append(NOON + i * SECOND, List.of(sample("up", i, "a", "b"))))
                        .isEqualTo(1);
            }
            var found = store.fetch(Selector.of("up"), NOON + 5 * SECOND, NOON + 900 * SECOND);
            assertThat(found).hasSize(1);
            assertThat(found.getFirst().labels()).isEqualTo(Labels.of("a", "b"));
            assertThat(found.getFirst().size()).isEqualTo(896);
            assertThat(found.getFirst().times()[0]).isEqualTo(NOON + 5 * SECOND);
            assertThat(found.getFirst().values()).isSorted().startsWith(5).endsWith(900);
        }
    }

    @Test
    void aSelectorNarrowsByLabelsAndByTheirAbsence() {
        try (var store = open()) {
            store.append(
                    NOON,
                    List.of(
                            sample("r", 1, "service", "shop", "code", "2xx"),
                            sample("r", 2, "service", "shop", "code", "5xx"),
                            sample("r", 3, "service", "blog", "code", "2xx"),
                            sample("r", 4, "service", "shop\nodd\\", "code", "2xx"),
                            sample("q", 5, "service", "shop")));
            assertThat(values(store, Selector.of("r"))).containsExactlyInAnyOrder(1d, 2d, 3d, 4d);
            assertThat(values(store, Selector.of("r").where("service", "shop")))
                    .containsExactlyInAnyOrder(1d, 2d);
            assertThat(
                            values(
                                    store,
                                    Selector.of("r")
                                            .where("service", "shop", "blog")
                                            .where("code", "2xx")))
                    .containsExactlyInAnyOrder(1d, 3d);
            assertThat(values(store, Selector.of("r").where("project", "", "x"))).hasSize(4);
            assertThat(values(store, Selector.of("r").where("project", "x"))).isEmpty();
            assertThat(values(store, Selector.of("nothing"))).isEmpty();
        }
        try (var store = open()) {
            assertThat(values(store, Selector.of("r").where("service", "shop\nodd\\")))
                    .containsExactly(4d);
        }
    }

    private static List<Double> values(MetricStore store, Selector selector) {
        return store.fetch(selector, NOON, NOON).stream().map(s -> s.values()[0]).toList();
    }

    @Test
    void aDayThatIsOverIsReadTogetherWithTheNextAndThenExpires() throws IOException {
        var limits = new MetricLimits(2, 100, 100_000, Duration.ofSeconds(5));
        try (var store = MetricStore.open(folder, limits)) {
            for (int i = -150; i < 150; i++) {
                store.append(NOON + DAY / 2 + i * SECOND, List.of(sample("up", i)));
            }
            assertThat(store.usage().days()).isEqualTo(2);
            assertThat(store.fetch(Selector.of("up"), NOON, NOON + DAY).getFirst().values())
                    .hasSize(300)
                    .isSorted();
            store.append(NOON + 3 * DAY, List.of(sample("up", 1)));
            assertThat(store.fetch(Selector.of("up"), NOON, NOON + DAY)).isEmpty();
        }
        try (var list = Files.list(folder)) {
            assertThat(list.map(p -> p.getFileName().toString()))
                    .containsExactly("metrics-2026-11-25.db");
        }
    }

    @Test
    void newSeriesBeyondTheLimitAreRefusedAndKnownOnesGoOn() {
        var limits = new MetricLimits(2, 2, 100_000, Duration.ofSeconds(5));
        try (var store = MetricStore.open(folder, limits)) {
            assertThat(store.append(NOON, List.of(sample("a", 1), sample("b", 1), sample("c", 1))))
                    .isEqualTo(2);
            assertThat(store.append(NOON + SECOND, List.of(sample("c", 1), sample("a", 2))))
                    .isEqualTo(1);
            assertThat(store.usage().series()).isEqualTo(2);
        }
    }

    @Test
    void aClockThatGoesBackWritesNothingTwice() {
        try (var store = open()) {
            store.append(NOON, List.of(sample("a", 1)));
            assertThat(store.append(NOON, List.of(sample("a", 2)))).isZero();
            assertThat(store.append(NOON - SECOND, List.of(sample("a", 3)))).isZero();
            assertThat(store.fetch(Selector.of("a"), NOON - DAY, NOON + DAY).getFirst().values())
                    .containsExactly(1);
        }
    }

    @Test
    void aFetchBeyondItsLimitIsRefused() {
        var limits = new MetricLimits(2, 10, 5, Duration.ofSeconds(5));
        try (var store = MetricStore.open(folder, limits)) {
            for (int i = 0; i < 6; i++) {
                store.append(NOON + i * SECOND, List.of(sample("a", 1)));
            }
            assertThatThrownBy(() -> store.fetch(Selector.of("a"), NOON, NOON + DAY))
                    .isInstanceOfSatisfying(
                            MetricStoreException.class,
                            e -> assertThat(e.category()).isEqualTo(Category.TOO_MUCH));
        }
    }

    @Test
    void aThinnedFetchKeepsTheLastOfEachStepAndWhatAResetWouldLose() {
        try (var store = open()) {
            double[] values = {1, 5, 9, 2, 3, 4, 4, 8};
            for (int i = 0; i < values.length; i++) {
                store.append(NOON + i * SECOND, List.of(sample("a", values[i])));
            }
            var thin = store.fetch(Selector.of("a"), NOON, NOON + DAY, 4 * SECOND).getFirst();
            assertThat(thin.values()).containsExactly(9, 2, 8);
            assertThat(thin.times()[2]).isEqualTo(NOON + 7 * SECOND);
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndSamplingGoesOn() throws IOException {
        var file = folder.resolve("metrics-2026-11-22.db");
        Files.write(file, new byte[5000]);
        Files.writeString(file, "this is no database at all, but it is long enough to be read");
        try (var store = open()) {
            assertThat(store.append(NOON, List.of(sample("a", 1)))).isEqualTo(1);
        }
        assertThat(folder.resolve("metrics-2026-11-22.db.damaged")).exists();
    }

    @Test
    void anOldHeadBecomesAChunkSoThatTheLogStaysShort() throws Exception {
        try (var store = open()) {
            store.append(NOON, List.of(sample("gone", 1), sample("stays", 0)));
            for (int i = 1; i < 1500; i++) {
                store.append(NOON + i * SECOND, List.of(sample("stays", i)));
            }
        }
        try (var connection =
                        java.sql.DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("metrics-2026-11-22.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM batch")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
        try (var store = open()) {
            assertThat(store.fetch(Selector.of("gone"), NOON, NOON + DAY).getFirst().size())
                    .isEqualTo(1);
            assertThat(store.fetch(Selector.of("stays"), NOON, NOON + DAY).getFirst().size())
                    .isEqualTo(1500);
        }
    }

    /** A service of four routes under load, with idle figures beside it: what a sample costs. */
    @Test
    void aSampleTakesFewBytes() throws IOException {
        var random = new Random(8);
        var names = new ArrayList<Labels>();
        for (int i = 0; i < 40; i++) {
            names.add(Labels.of("service", "shop", "route", "/r" + i % 4, "le", "" + i / 4));
        }
        var counts = new double[40];
        var gauges = new double[10];
        var seconds = 6 * 3600;
        try (var store = open()) {
            for (int s = 0; s < seconds; s++) {
                var samples = new ArrayList<Sample>();
                for (int i = 0; i < 40; i++) {
                    counts[i] += i < 20 ? random.nextInt(20) : 0;
                    samples.add(new Sample("hits", names.get(i), Sample.Kind.COUNTER, counts[i]));
                }
                for (int i = 0; i < 10; i++) {
                    gauges[i] = 1e8 + Math.rint(1000 * random.nextGaussian()) * 4096;
                    samples.add(sample("memory", gauges[i], "instance", "i" + i));
                }
                store.append(NOON + s * SECOND, samples);
            }
            var began = System.nanoTime();
            var one =
                    store.fetch(
                            Selector.of("memory").where("instance", "i3"),
                            NOON,
                            NOON + seconds * SECOND);
            var millis = (System.nanoTime() - began) / 1e6;
            assertThat(one.getFirst().size()).isEqualTo(seconds);
            System.out.printf("one series over 6 h: %.1f ms%n", millis);
        }
        var bytes = Files.size(folder.resolve("metrics-2026-11-22.db"));
        var perSample = (double) bytes / (50L * seconds);
        System.out.printf(
                "bytes a sample: %.2f (%d samples in a file of %d bytes)%n",
                perSample, 50L * seconds, bytes);
        assertThat(perSample).isLessThan(4);
    }
}
