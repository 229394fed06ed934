package dev.rondo.engine;

import dev.rondo.containers.ContainerExecutor;
import dev.rondo.containers.ContainerSettings;
import dev.rondo.containers.ContainerUse;
import dev.rondo.containers.DockerEngine;
import dev.rondo.jobs.Executor;
import dev.rondo.jobs.SandboxExecutor;
import dev.rondo.kubernetes.KubernetesExecutor;
import dev.rondo.kubernetes.KubernetesSettings;
import dev.rondo.phase.Spine;
import dev.rondo.sandbox.Limits;
import dev.rondo.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What jobs are given to run on.
 *
 * @param jobs how many run at once on this machine
 * @param labels those of the host beside its usual ones
 * @param limits what each job may use
 * @param engine where their containers run
 * @param cloud the cluster that takes some of them
 */
public record Means(
        int jobs,
        List<String> labels,
        Limits limits,
        Optional<DockerEngine> engine,
        Optional<Cloud> cloud) {
    private static final Logger LOG = LoggerFactory.getLogger(Means.class);

    /** A cluster, and how it is used. */
    public record Cloud(KubernetesExecutor executor, KubernetesSettings settings) {
        public static Cloud of(KubernetesSettings settings) {
            return new Cloud(new KubernetesExecutor(settings), settings);
        }
    }

    public static Means of(Spine spine, ContainerUse use, Optional<KubernetesSettings> cluster) {
        return new Means(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                List.of(),
                Limits.ofJob(),
                use.settings(spine.data(), Limits.ofJob()).map(DockerEngine::new),
                cluster.map(Cloud::of));
    }

    public static Means of(
            int jobs, List<String> labels, Limits limits, Optional<ContainerSettings> containers) {
        return new Means(jobs, labels, limits, containers.map(DockerEngine::new), Optional.empty());
    }

    public Station host(Sandbox sandbox) {
        var host = new SandboxExecutor(sandbox, limits);
        Executor executor = engine.isPresent() ? new ContainerExecutor(host, engine.get()) : host;
        return Station.host(executor, labels);
    }

    /** The cluster first, so that it gets the labels that its settings name, whatever they are. */
    public List<Station> stations(Spine spine) {
        var stations = new ArrayList<Station>();
        cloud.ifPresent(one ->
                stations.add(Station.cluster(one.executor(), one.settings(), spine.publicUrl())));
        stations.add(host(spine.sandbox()));
        return stations;
    }

    /** Removes what a killed server left elsewhere; nobody waits for it. */
    public void sweep() {
        engine.ifPresent(one -> begin("containers-sweep", one::sweep));
        cloud.ifPresent(one -> begin("kubernetes-sweep", one.executor()::sweep));
    }

    private interface Sweep {
        List<String> swept() throws InterruptedException;
    }

    private static void begin(String name, Sweep sweep) {
        Thread.ofVirtual()
                .name(name)
                .start(() -> {
                    try {
                        sweep.swept();
                    } catch (IllegalStateException e) {
                        LOG.warn("{}: {}", name, e.getMessage());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    public void stop() {
        cloud.ifPresent(one -> one.executor().close());
    }
}
