package dev.rondo.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricStoreKillTest {

    @TempDir Path folder;

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        killAgainAndAgain(5);
    }

    @Test
    @Tag("long")
    void whatWasAcknowledgedSurvivesFiftyKills() throws Exception {
        killAgainAndAgain(50);
    }

    private void killAgainAndAgain(int kills) throws Exception {
        var seed = Long.getLong("rondo.seed", System.nanoTime());
        System.out.println("rondo.seed=" + seed);
        var random = new Random(seed);
        long next = 0;
        for (int kill = 0; kill < kills; kill++) {
            var acknowledged = runAndKill(next, random);
            assertThat(acknowledged).as("the sampler got going").isGreaterThanOrEqualTo(next);
            // A kill between the commit and the line costs the line, not the sample.
            next = check(acknowledged) + 1;
        }
        System.out.println("instants that survived " + kills + " kills: " + next);
    }

    private long runAndKill(long from, Random random) throws Exception {
        var lines = folder.resolveSibling(folder.getFileName() + "-acknowledged.txt");
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledSampler.class.getName(),
                                folder.toString(),
                                Long.toString(from))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(lines.toFile())
                        .start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.size(lines) > 0);
            process.waitFor(random.nextInt(1, 700_000), TimeUnit.MICROSECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
        var text = Files.readString(lines);
        Files.delete(lines);
        // The last line may be cut in the middle.
        var whole = text.substring(0, text.lastIndexOf('\n'));
        return Long.parseLong(whole.substring(whole.lastIndexOf('\n') + 1));
    }

    private long check(long acknowledged) {
        try (var store = MetricStore.open(folder, MetricLimits.USUAL)) {
            var found =
                    store.fetch(
                            Selector.of("killed"),
                            KilledSampler.START,
                            KilledSampler.START + 86_400_000_000L);
            assertThat(found).hasSize(KilledSampler.SERIES);
            long last = 0;
            for (var series : found) {
                last = Arrays.stream(series.times()).max().orElseThrow() - KilledSampler.START;
                last /= KilledSampler.STEP;
                assertThat(last).isGreaterThanOrEqualTo(acknowledged);
                assertThat(series.size()).isEqualTo((int) last + 1);
                var number = Integer.parseInt(series.labels().get("s"));
                for (int i = 0; i < series.size(); i++) {
                    assertThat(series.times()[i])
                            .isEqualTo(KilledSampler.START + i * KilledSampler.STEP);
                    assertThat(series.values()[i]).isEqualTo(KilledSampler.value(number, i));
                }
            }
            return last;
        }
    }
}
