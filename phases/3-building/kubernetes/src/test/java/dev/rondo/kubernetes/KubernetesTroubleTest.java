package dev.rondo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.jobs.JobEnd;
import dev.rondo.kits.jobs.Trial;
import dev.rondo.kits.machine.DockerDaemon;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.mockwebserver.http.MockResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster can do to a job, and what the job says then. */
final class KubernetesTroubleTest {
    private static final String NEVER = "steps:\n  - run: echo never\n";

    @TempDir Path data;
    private Optional<ClusterRig> opened = Optional.empty();

    private ClusterRig rig(Map<String, String> limits, Duration start) {
        var rig = new ClusterRig(data, ClusterRig.pods(DockerDaemon.IMAGE, limits, start), "rig");
        opened = Optional.of(rig);
        return rig;
    }

    private ClusterRig rig() {
        return rig(Map.of(), Duration.ofSeconds(60));
    }

    @AfterEach
    void close() {
        opened.ifPresent(rig -> {
            rig.mini.refuse(request -> Optional.empty());
            rig.nothingIsLeft();
            rig.close();
        });
    }

    private static JobEnd failed(Trial trial) {
        JobEnd end = trial.run();
        assertThat(end.outcome()).as(String.join("\n", trial.lines())).isEqualTo("failure");
        assertThat(trial.lines()).doesNotContain("never");
        return end;
    }

    @Test
    void anImageThatIsNowhereFailsTheJob() {
        var rig = rig();
        JobEnd end =
                failed(new Trial(data, rig.executor, "container: rondo-scenarios/none\n" + NEVER));
        assertThat(end.message()).contains("rondo-scenarios/none cannot be pulled", "ErrImagePull");
    }

    @Test
    void aPodThatNoNodeTakesIsWaitedForAndThenGivenUp() {
        var rig = rig(Map.of(), Duration.ofSeconds(2));
        rig.mini.instead(pod -> Optional.of(unscheduled(pod)));
        Trial trial = new Trial(data, rig.executor, NEVER);
        JobEnd end = failed(trial);
        assertThat(end.message()).contains("did not run within 2 s", "Insufficient cpu");
        assertThat(trial.lines()).anyMatch(line -> line.startsWith("No node takes the pod"));
    }

    private static Pod unscheduled(Pod pod) {
        return new PodBuilder(pod)
                .withNewStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage("0/1 nodes are available: 1 Insufficient cpu.")
                .endCondition()
                .endStatus()
                .build();
    }

    @Test
    void aJobThatIsCancelledWhileItWaitsForANodeEnds() {
        var rig = rig();
        rig.mini.instead(pod -> Optional.of(unscheduled(pod)));
        Trial trial = new Trial(data, rig.executor, NEVER);
        var running = CompletableFuture.supplyAsync(trial::run, Thread::startVirtualThread);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> trial.lines().stream().anyMatch(line -> line.startsWith("No node")));
        trial.cancel();
        assertThat(running.orTimeout(30, TimeUnit.SECONDS).join().outcome()).isEqualTo("cancelled");
    }

    @Test
    void aJobThatNeedsTooMuchMemorySaysSo() {
        var rig = rig(Map.of("memory", "32Mi"), Duration.ofSeconds(60));
        Trial trial =
                new Trial(
                        data,
                        rig.executor,
                        """
                        steps:
                          - run: |
                              echo "${LOTS:=x}" > /dev/null
                              while :; do LOTS="$LOTS$LOTS"; done
                          - run: echo survived
                            if: always()
                        """);
        JobEnd end = trial.run();
        assertThat(end.outcome()).isEqualTo("failure");
        assertThat(end.message() + trial.lines())
                .containsAnyOf("more memory", "exit code 137", "xrealloc");
    }

    @Test
    void aPodThatIsDeletedUnderItsJobFailsIt() {
        var rig = rig();
        Trial trial =
                new Trial(
                        data,
                        rig.executor,
                        "steps:\n  - run: echo ready; sleep 1000\n  - run: echo never\n    if: always()\n");
        var running = CompletableFuture.supplyAsync(trial::run, Thread::startVirtualThread);
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> trial.lines().contains("ready"));
        rig.mini.api().pods().delete();
        JobEnd end = running.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(end.outcome()).isEqualTo("failure");
        assertThat(end.message())
                .as(String.join("\n", trial.lines()))
                .contains("deleted in the cluster");
        assertThat(trial.lines()).doesNotContain("never");
    }

    @Test
    void whatTheClusterForbidsIsNamedWithWhatHelps() {
        var rig = rig();
        rig.mini.refuse(request ->
                request.getMethod().equals("POST") && request.getPath().contains("/jobs")
                        ? Optional.of(
                                status(403, "jobs.batch is forbidden: User rondo cannot create"))
                        : Optional.empty());
        JobEnd end = failed(new Trial(data, rig.executor, NEVER));
        assertThat(end.message())
                .contains("create the Job", "(403)", "docs/kubernetes.md", "cannot create");
        rig.mini.refuse(request -> Optional.of(status(401, "Unauthorized")));
        assertThat(failed(new Trial(data, rig.executor, NEVER)).message()).contains("(401)");
    }

    private static MockResponse status(int code, String message) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"%s\",\"code\":%d}"
                                .formatted(message, code));
    }

    @Test
    void aClusterThatIsNotThereIsSaid() {
        var settings =
                new KubernetesSettings(
                        "rig",
                        new KubernetesSettings.Access(Optional.empty(), Optional.empty(), "test"),
                        ClusterRig.pods("image", Map.of(), Duration.ofSeconds(5)),
                        List.of("kubernetes"),
                        1,
                        Optional.empty());
        var config =
                new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:1")
                        .withRequestRetryBackoffLimit(0)
                        .build();
        try (var executor =
                new KubernetesExecutor(
                        new Cluster(
                                settings,
                                () -> new KubernetesClientBuilder().withConfig(config).build()))) {
            assertThatThrownBy(executor::sweep)
                    .hasMessageContaining("The Kubernetes API cannot be reached")
                    .hasMessageContaining("ConnectException")
                    .hasMessageContaining("Check the address");
            assertThat(failed(new Trial(data, executor, NEVER)).message())
                    .contains("The Kubernetes API cannot be reached");
        }
    }
}
