package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.engine.Means;
import dev.rondo.kubernetes.KubernetesSettings;
import dev.rondo.records.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose jobs go to a cluster, and what people see of one that does not answer. */
final class ClusterTest {
    private static final String KUBECONFIG =
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """;

    @Test
    void jobsGoWhereTheirLabelsSayAndAClusterThatIsAwayFailsOnlyItsOwn(@TempDir Path data)
            throws Exception {
        Path kubeconfig = Files.writeString(data.resolve("kubeconfig"), KUBECONFIG);
        var cluster =
                new KubernetesSettings(
                        "yard",
                        new KubernetesSettings.Access(
                                Optional.of(kubeconfig), Optional.of("x"), "ci"),
                        new KubernetesSettings.Pods(
                                "ci:1",
                                new KubernetesSettings.Resources(Map.of(), Map.of(), Map.of()),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Duration.ofSeconds(5)),
                        List.of("kubernetes"),
                        3,
                        Optional.empty());
        var means =
                new Means(
                        2,
                        List.of(),
                        dev.rondo.sandbox.Limits.ofJob(),
                        Optional.empty(),
                        Optional.of(Means.Cloud.of(cluster)));
        try (var yard = new Yard(data, means).start()) {
            yard.push(
                    "main",
                    Map.of(
                            ".github/workflows/ci.yml",
                            """
                            on: push
                            jobs:
                              here: {runs-on: ubuntu-latest, steps: [run: echo here]}
                              there: {runs-on: [self-hosted, kubernetes], steps: [run: echo never]}
                            """));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> yard.maybeRun(1).map(Run::finished).orElse(false));
            var run = yard.run(1);
            assertThat(run.progress().outcome()).isEqualTo("failure");
            assertThat(yard.log(run, "here")).contains("Job ended: success");
            assertThat(yard.log(run, "there"))
                    .contains("The Kubernetes API cannot be reached to watch pods")
                    .contains("kubernetes.kubeconfig")
                    .doesNotContain("never\n");
        }
    }
}
