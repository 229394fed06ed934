package dev.rondo.kubernetes;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rondo.kits.machine.DockerDaemon;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** An executor and the cluster that it runs jobs in. */
final class ClusterRig implements AutoCloseable {
    final MiniCluster mini;
    final KubernetesExecutor executor;
    final Path data;

    ClusterRig(Path data) {
        this(data, pods(DockerDaemon.IMAGE, Map.of(), Duration.ofSeconds(60)), "rig");
    }

    ClusterRig(Path data, KubernetesSettings.Pods pods, String rondo) {
        assumeThat(DockerDaemon.lacking()).as("what is missing").isEmpty();
        this.data = data;
        this.mini = new MiniCluster(DockerDaemon.running(), data.resolve("volumes"));
        this.executor = executor(pods, rondo);
    }

    KubernetesExecutor executor(KubernetesSettings.Pods pods, String rondo) {
        var settings =
                new KubernetesSettings(
                        rondo,
                        new KubernetesSettings.Access(Optional.empty(), Optional.empty(), "test"),
                        pods,
                        List.of("kubernetes"),
                        4,
                        Optional.empty());
        return new KubernetesExecutor(new Cluster(settings, mini::client));
    }

    static KubernetesSettings.Pods pods(String image, Map<String, String> limits, Duration start) {
        return new KubernetesSettings.Pods(
                image,
                new KubernetesSettings.Resources(Map.of(), limits, Map.of()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                start);
    }

    /** Jobs, pods and secrets that are there; pods go a moment after their Job. */
    List<String> left() {
        return java.util.stream.Stream.of(
                        mini.api().batch().v1().jobs().list().getItems().stream(),
                        mini.api().pods().list().getItems().stream(),
                        mini.api().secrets().list().getItems().stream())
                .flatMap(all -> all.map(one -> one.getKind() + " " + one.getMetadata().getName()))
                .toList();
    }

    void nothingIsLeft() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> left().isEmpty());
    }

    @Override
    public void close() {
        executor.close();
        mini.close();
    }
}
