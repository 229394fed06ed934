package dev.rondo.deploying;

import dev.rondo.deploying.InstanceStore.State;
import dev.rondo.sandbox.Ending;
import dev.rondo.sandbox.Handle;
import dev.rondo.sandbox.Instance;
import dev.rondo.sandbox.SandboxFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one instance from its start, or its adoption after a restart of Rondo, to its end, on
 * a virtual thread of its own. It starts the process, asks for its health, starts it again when it
 * ended by itself, and lets it drain and stop once it is not wanted.
 */
final class InstanceKeeper implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceKeeper.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** One that stayed up so long is started again at once, as if it had never ended before. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final InstanceWorld world;
    private final Delivery delivery;
    private final Delivery.Environment environment;
    private final String artifact;
    private final CountDownLatch leave = new CountDownLatch(1);
    private final InstanceFigures figures;
    private InstanceStore.Row row;
    private boolean wasHealthy;
    private volatile boolean wanted = true;
    private volatile boolean abandoned;

    InstanceKeeper(InstanceWorld world, InstanceStore.Row row, Rollout rollout) {
        this.world = world;
        this.row = row;
        this.delivery = rollout.delivery();
        this.environment = rollout.environment();
        this.artifact = rollout.source().artifact();
        this.wasHealthy = row.state() == State.HEALTHY || row.state() == State.UNHEALTHY;
        this.figures = new InstanceFigures(world.telemetry(), row);
        if (!row.wanted()) {
            unwant();
        }
    }

    /** The instance is to drain and stop. */
    void unwant() {
        wanted = false;
        leave.countDown();
    }

    /** Rondo ends; the instance lives on. */
    void abandon() {
        abandoned = true;
        leave.countDown();
    }

    @Override
    public void run() {
        try {
            keep();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            LOG.error("keeping instance {} failed", row.id(), failed);
            if (!abandoned) {
                world.is(row, State.FAILED, Reason.of("internal", failed.toString()));
            }
        } finally {
            world.left(row.id());
        }
    }

    private void keep() throws InterruptedException {
        var instance = adopt();
        int restarts = 0;
        while (wanted && !abandoned) {
            long since = System.nanoTime();
            var problem = instance.isEmpty() ? launch() : Optional.<Reason>empty();
            instance = instance.or(() -> world.current(row.id()));
            if (problem.isEmpty() && instance.isPresent()) {
                problem = watch(instance.get());
            }
            if (problem.isEmpty()) {
                break;
            }
            figures.down();
            stop(instance);
            instance = Optional.empty();
            if (!wasHealthy) {
                world.is(row, State.FAILED, problem.get());
                leave.await();
                break;
            }
            row = world.is(row, State.UNHEALTHY, problem.get());
            restarts = System.nanoTime() - since > STEADY.toNanos() ? 1 : restarts + 1;
            pause(restarts);
        }
        if (!abandoned) {
            drain();
            stop(instance);
            world.is(row, State.STOPPED, Reason.NONE);
        }
        figures.forget();
    }

    private Optional<Instance> adopt() {
        if (row.handle().isEmpty()) {
            return Optional.empty();
        }
        var adopted = world.sandbox().adopt(Handle.decode(row.handle()));
        adopted.ifPresent(instance -> world.remember(row.id(), instance));
        if (adopted.isEmpty() && wanted && row.state() == State.HEALTHY) {
            // It ended while Rondo was down: no traffic until it is started again.
            row = world.is(row, State.UNHEALTHY, Reason.of("lost"));
        }
        return adopted;
    }

    private Optional<Reason> launch() {
        try {
            var folder = world.versions().folder(artifact);
            var instance =
                    world.sandbox().launch(world.service(row, delivery, environment, folder));
            row = world.launched(row, instance);
            return Optional.empty();
        } catch (Versions.Unusable unusable) {
            return Optional.of(unusable.reason());
        } catch (SandboxFailure failed) {
            return Optional.of(Reason.of("start", String.valueOf(failed.getMessage())));
        }
    }

    /**
     * Asks for its health until it ends, never gets healthy, or is to be left.
     *
     * @return what went wrong; nothing when it is to be left
     */
    private Optional<Reason> watch(Instance instance) throws InterruptedException {
        var health = delivery.runtime().health();
        long deadline = System.nanoTime() + health.deadline().toNanos();
        boolean healthy = row.state() == State.HEALTHY;
        int good = 0;
        int bad = 0;
        while (true) {
            if (!instance.running()) {
                return Optional.of(ended(instance));
            }
            var problem = world.probe().ask(instance.port(), health, environment.reach().h2c());
            figures.read(instance, healthy && problem.isEmpty());
            if (problem.isEmpty()) {
                bad = 0;
                if (!healthy && ++good >= health.successes()) {
                    healthy = true;
                    wasHealthy = true;
                    row = world.is(row, State.HEALTHY, Reason.NONE);
                }
            } else {
                good = 0;
                if (healthy && ++bad >= health.failures()) {
                    healthy = false;
                    deadline = System.nanoTime() + health.deadline().toNanos();
                    row = world.is(row, State.UNHEALTHY, problem.get());
                }
                if (!healthy && System.nanoTime() > deadline) {
                    return Optional.of(neverHealthy(health, problem.get()));
                }
            }
            var pause = healthy ? health.interval() : shorter(health.interval());
            if (leave.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        }
    }

    /** Of one that starts, health is asked for more often: a rollout waits for it. */
    private static Duration shorter(Duration interval) {
        var quick = Duration.ofMillis(100);
        return interval.compareTo(quick) < 0 ? interval : quick;
    }

    private Reason neverHealthy(Delivery.Health health, Reason last) {
        return Reason.of(
                "unhealthy", health.deadline().toSeconds(), world.sayings().inEnglish(last));
    }

    private Reason ended(Instance instance) {
        var last = world.logs().lastWords(row.id());
        return instance.ending()
                .map(ending ->
                        switch (ending) {
                            case Ending.Exited exited -> Reason.of("exited", exited.code(), last);
                            case Ending.Exceeded exceeded ->
                                    Reason.of("exceeded", exceeded.message());
                            case Ending.Cancelled cancelled -> Reason.of("killed", last);
                        })
                .orElse(Reason.of("killed", last));
    }

    private void pause(int restarts) throws InterruptedException {
        long millis = Math.min(LONGEST_PAUSE.toMillis(), 500L << Math.min(restarts - 1, 10));
        leave.await(millis, TimeUnit.MILLISECONDS);
    }

    private void drain() throws InterruptedException {
        long end = System.nanoTime() + delivery.runtime().limits().drain().toNanos();
        while (world.inFlight(row) > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
    }

    private void stop(Optional<Instance> instance) {
        instance.ifPresent(running -> running.stop(delivery.runtime().limits().stop()));
        world.forget(row.id());
    }
}
