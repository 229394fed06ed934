package dev.rondo.deploying;

import dev.rondo.deploying.InstanceStore.State;
import dev.rondo.deploying.router.Backend;
import dev.rondo.deploying.router.Router;
import dev.rondo.phase.Spine;
import dev.rondo.sandbox.Instance;
import dev.rondo.sandbox.Limits;
import dev.rondo.sandbox.Mount;
import dev.rondo.sandbox.Network;
import dev.rondo.sandbox.Program;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.sandbox.Service;
import dev.rondo.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a keeper needs of the world: to start, to ask, to tell. Shared by all keepers. */
final class InstanceWorld implements AutoCloseable {

    private final Spine spine;
    private final Rollouts rollouts;
    private final Router router;
    private final Versions versions;
    private final InstanceLogs logs;
    private final Sayings sayings;
    private final Runnable changed;
    private final HealthProbe probe = new HealthProbe();
    private final Map<String, Instance> running = new ConcurrentHashMap<>();
    private final Map<String, InstanceKeeper> keepers = new ConcurrentHashMap<>();

    InstanceWorld(
            Spine spine, Rollouts rollouts, Router router, Sayings sayings, Runnable changed) {
        this.spine = spine;
        this.rollouts = rollouts;
        this.router = router;
        this.versions = new Versions(spine.data().resolve("versions"), spine.blobs());
        this.logs = new InstanceLogs(spine.data().resolve("logs"));
        this.sayings = sayings;
        this.changed = changed;
    }

    Telemetry telemetry() {
        return spine.telemetry();
    }

    Sandbox sandbox() {
        return spine.sandbox();
    }

    Versions versions() {
        return versions;
    }

    InstanceLogs logs() {
        return logs;
    }

    Sayings sayings() {
        return sayings;
    }

    HealthProbe probe() {
        return probe;
    }

    /** A keeper for each that may live; those that are not wanted are told so. */
    void look(List<InstanceStore.Row> alive, Map<String, Rollout> byId) {
        for (var row : alive) {
            var rollout = byId.get(row.rollout());
            if (rollout == null) {
                continue;
            }
            var keeper =
                    keepers.computeIfAbsent(
                            row.id(),
                            id -> {
                                var made = new InstanceKeeper(this, row, rollout);
                                Thread.ofVirtual().name("instance-" + id).start(made);
                                return made;
                            });
            if (!row.wanted()) {
                keeper.unwant();
            }
        }
    }

    void left(String id) {
        keepers.remove(id);
    }

    /** Leaves all instances alone, so that they live on, or stops them all. */
    void leaveAll(boolean stop) {
        keepers.values().forEach(InstanceKeeper::abandon);
        if (stop) {
            var ends =
                    running.values().stream()
                            .map(instance ->
                                    Thread.ofVirtual()
                                            .start(() -> instance.stop(Duration.ofSeconds(10))))
                            .toList();
            for (var end : ends) {
                try {
                    end.join();
                } catch (InterruptedException x) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    void remember(String id, Instance instance) {
        running.put(id, instance);
    }

    void forget(String id) {
        running.remove(id);
    }

    Optional<Instance> current(String id) {
        return Optional.ofNullable(running.get(id));
    }

    int inFlight(InstanceStore.Row row) {
        return row.port() == 0 ? 0 : router.inFlight(backend(row));
    }

    static Backend backend(InstanceStore.Row row) {
        return new Backend(row.id(), "127.0.0.1", row.port());
    }

    InstanceStore.Row launched(InstanceStore.Row row, Instance instance) {
        running.put(row.id(), instance);
        var handle = instance.handle().encoded();
        spine.store()
                .update(tx -> InstanceStore.launched(tx.sql(), row.id(), handle, instance.port()));
        return new InstanceStore.Row(
                row.id(),
                row.place(),
                row.version(),
                row.rollout(),
                handle,
                instance.port(),
                row.state(),
                row.wanted(),
                row.problem());
    }

    /** Stores and tells a change of an instance's state. */
    InstanceStore.Row is(InstanceStore.Row row, State state, Reason problem) {
        spine.store().update(tx -> rollouts.instanceIs(tx, row, state, problem));
        changed.run();
        return new InstanceStore.Row(
                row.id(),
                row.place(),
                row.version(),
                row.rollout(),
                row.handle(),
                row.port(),
                state,
                row.wanted(),
                problem);
    }

    Service service(
            InstanceStore.Row row,
            Delivery delivery,
            Delivery.Environment environment,
            Path folder) {
        var variables = new HashMap<>(delivery.variables());
        variables.putAll(environment.variables());
        variables.put("RONDO_SERVICE", row.place().service());
        variables.put("RONDO_ENVIRONMENT", row.place().environment());
        variables.put("RONDO_VERSION", row.version());
        variables.put("RONDO_INSTANCE", row.id());
        var limits = delivery.runtime().limits();
        return new Service(
                new Program(
                        delivery.command(),
                        folder,
                        variables,
                        List.of(Mount.readOnly(folder)),
                        Network.OUTBOUND,
                        Limits.ofService()
                                .withMemory(limits.memoryBytes())
                                .withCores(limits.cores())
                                .withProcesses(limits.processes())),
                delivery.portVariable(),
                logs.file(row.id()));
    }

    @Override
    public void close() {
        probe.close();
    }
}
