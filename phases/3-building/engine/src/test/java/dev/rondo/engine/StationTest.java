package dev.rondo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.actions.RunsOn;
import dev.rondo.jobs.Executor;
import dev.rondo.kubernetes.KubernetesSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which place takes a job by its labels. */
final class StationTest {
    private static final Executor NOWHERE =
            place -> {
                throw new IllegalStateException("nothing runs here");
            };

    private static List<Station> stations(String... labels) {
        var settings =
                new KubernetesSettings(
                        "test",
                        new KubernetesSettings.Access(Optional.empty(), Optional.empty(), "ci"),
                        new KubernetesSettings.Pods(
                                "image",
                                new KubernetesSettings.Resources(Map.of(), Map.of(), Map.of()),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Duration.ofSeconds(1)),
                        List.of(labels),
                        7,
                        Optional.empty());
        return List.of(
                Station.cluster(NOWHERE, settings, URI.create("http://rondo.example.org")),
                Station.host(NOWHERE, List.of("gpu")));
    }

    private static String taker(List<Station> stations, String... wanted) {
        return stations.stream()
                .filter(one -> one.takes(new RunsOn(List.of(wanted), Optional.empty())))
                .findFirst()
                .map(Station::name)
                .orElse("nobody");
    }

    @Test
    void aJobGoesToTheClusterOnlyWhereItNamesOneOfItsLabels() {
        var stations = stations("kubernetes", "big");
        assertThat(taker(stations, "kubernetes")).isEqualTo("kubernetes");
        assertThat(taker(stations, "self-hosted", "Linux", "BIG")).isEqualTo("kubernetes");
        assertThat(taker(stations, "self-hosted")).isEqualTo("host");
        assertThat(taker(stations, "ubuntu-latest")).isEqualTo("host");
        assertThat(taker(stations, "gpu", "kubernetes")).isEqualTo("nobody");
    }

    @Test
    void aLabelOfTheMachineThatTheClusterIsGivenLeadsThere() {
        var stations = stations("ubuntu-latest");
        assertThat(taker(stations, "ubuntu-latest")).isEqualTo("kubernetes");
        assertThat(taker(stations, "ubuntu-24.04")).isEqualTo("host");
    }

    @Test
    void theClusterHasPlacesOfItsOwn() {
        var stations = stations("kubernetes");
        Slots.Most most =
                new Slots.Most() {
                    @Override
                    public int all() {
                        return 1;
                    }

                    @Override
                    public int of(String project) {
                        return Integer.MAX_VALUE;
                    }
                };
        var queues = new HashMap<String, Integer>();
        for (Station station : stations) {
            Slots slots = Objects.requireNonNull(Crew.queues(stations, most).get(station.name()));
            for (int i = 0; i < 10; i++) {
                slots.ask("shop", false, () -> queues.merge(station.name(), 1, Integer::sum));
            }
        }
        assertThat(queues).containsEntry("kubernetes", 7).containsEntry("host", 1);
    }
}
