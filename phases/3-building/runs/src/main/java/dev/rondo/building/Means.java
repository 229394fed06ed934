package dev.rondo.building;

import dev.rondo.containers.ContainerExecutor;
import dev.rondo.containers.ContainerSettings;
import dev.rondo.containers.ContainerUse;
import dev.rondo.containers.DockerEngine;
import dev.rondo.jobs.Executor;
import dev.rondo.jobs.SandboxExecutor;
import dev.rondo.phase.Spine;
import dev.rondo.sandbox.Limits;
import dev.rondo.sandbox.Sandbox;
import java.util.List;
import java.util.Optional;

/**
 * What this machine gives to jobs.
 *
 * @param jobs how many run at once
 * @param labels those of the host beside its usual ones
 * @param limits what each job may use
 * @param engine where their containers run
 */
record Means(int jobs, List<String> labels, Limits limits, Optional<DockerEngine> engine) {

    static Means of(Spine spine, ContainerUse use) {
        return of(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                List.of(),
                Limits.ofJob(),
                use.settings(spine.data(), Limits.ofJob()));
    }

    static Means of(
            int jobs, List<String> labels, Limits limits, Optional<ContainerSettings> containers) {
        return new Means(jobs, labels, limits, containers.map(DockerEngine::new));
    }

    Station host(Sandbox sandbox) {
        var host = new SandboxExecutor(sandbox, limits);
        Executor executor = engine.isPresent() ? new ContainerExecutor(host, engine.get()) : host;
        return Station.host(executor, labels);
    }

    /** Removes what a killed server left in the engine; nobody waits for it. */
    void sweep() {
        engine.ifPresent(one ->
                Thread.ofVirtual()
                        .name("containers-sweep")
                        .start(() -> {
                            try {
                                one.sweep();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
    }
}
