package dev.rondo.deploying;

import dev.rondo.deploying.InstanceStore.Row;
import dev.rondo.deploying.InstanceStore.State;
import dev.rondo.deploying.Routing.Picture;
import dev.rondo.deploying.router.RouteTable;
import dev.rondo.deploying.router.Router;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what runs in line with what is stored, on one thread: lets rollouts hear what became of
 * their instances, hands the router its table, and only then has instances that are not wanted any
 * more drain. After a restart the first look does all that was left undone.
 */
final class Conductor {

    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    private static final long AT_WORK_MILLIS = 200;
    private static final long AT_REST_MILLIS = 5000;

    /** So long after an instance said its last its log is kept. */
    private static final Duration LOGS = Duration.ofDays(14);

    private final Spine spine;
    private final Rollouts rollouts;
    private final Router router;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "deploying-conductor");
    private final InstanceWorld world;
    private RouteTable table = RouteTable.EMPTY;
    private Set<String> unpacked = Set.of();
    private volatile boolean closing;
    private int failures;
    private long pause = AT_WORK_MILLIS;

    Conductor(Spine spine, Rollouts rollouts, Router router, Sayings sayings) {
        this.spine = spine;
        this.rollouts = rollouts;
        this.router = router;
        this.world = new InstanceWorld(spine, rollouts, router, sayings, this::wake);
        thread.setDaemon(true);
    }

    InstanceWorld world() {
        return world;
    }

    /** Something changed; must be quick, as it is called after commits. */
    void wake() {
        woken.release();
    }

    /** Puts routes in place as they were, before the router listens. */
    void restore() {
        var picture = spine.store().read(Conductor::picture);
        route(picture);
        sweep(picture);
    }

    void start() {
        thread.start();
        wake();
    }

    /** Instances live on unless they are to be stopped. */
    void close(boolean stopInstances) {
        closing = true;
        wake();
        try {
            thread.join(10_000);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
        world.leaveAll(stopInstances);
        world.close();
    }

    private void run() {
        while (!closing) {
            try {
                woken.tryAcquire(pause, TimeUnit.MILLISECONDS);
                woken.drainPermits();
                look();
                failures = 0;
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException x) {
                if (++failures == 1) {
                    LOG.error("looking after rollouts failed, trying again", x);
                }
            }
        }
    }

    private void look() {
        var picture = spine.store().read(Conductor::picture);
        boolean moved = false;
        for (var rollout : picture.rollouts().values()) {
            if (rollout.marks().finishedAt() == 0) {
                moved |= advance(rollout, picture.alive());
            }
        }
        if (moved) {
            picture = spine.store().read(Conductor::picture);
            wake();
        }
        pause =
                picture.rollouts().values().stream().anyMatch(r -> r.marks().finishedAt() == 0)
                        ? AT_WORK_MILLIS
                        : AT_REST_MILLIS;
        route(picture);
        world.look(picture.alive(), picture.rollouts());
        sweep(picture);
    }

    /**
     * What no rollout of the picture needs is deleted, and so are logs that are old. Only this
     * thread has instances start, so that none is about to need it.
     */
    private void sweep(Picture picture) {
        var needed =
                picture.rollouts().values().stream()
                        .map(rollout -> rollout.source().artifact())
                        .collect(Collectors.toSet());
        if (needed.equals(unpacked)) {
            return;
        }
        unpacked = needed;
        try {
            world.versions().sweep(needed);
            var alive =
                    picture.alive().stream().map(InstanceStore.Row::id).collect(Collectors.toSet());
            world.logs().sweep(alive, Instant.now().minus(LOGS));
        } catch (IOException x) {
            LOG.warn("cannot clear old versions and logs: {}", x.toString());
        }
    }

    private static Picture picture(Handle sql) {
        var living = ServiceStore.all(sql);
        var alive = InstanceStore.alive(sql);
        Map<String, Rollout> byId = new HashMap<>();
        RolloutStore.open(sql).forEach(rollout -> byId.put(rollout.id(), rollout));
        for (var one : living) {
            add(sql, byId, one.rollout());
        }
        for (var row : alive) {
            add(sql, byId, row.rollout());
        }
        return new Picture(living, byId, alive);
    }

    private static void add(Handle sql, Map<String, Rollout> byId, String id) {
        if (!byId.containsKey(id)) {
            RolloutStore.find(sql, id).ifPresent(rollout -> byId.put(id, rollout));
        }
    }

    private void route(Picture picture) {
        var wanted = Routing.table(picture);
        if (!wanted.equals(table)) {
            router.apply(wanted);
            table = wanted;
        }
    }

    private boolean advance(Rollout rollout, List<Row> alive) {
        if (rollout.queued()) {
            spine.store().update(tx -> rollouts.beginNext(tx, rollout.place()));
            return false;
        }
        return fact(rollout, alive)
                .map(fact -> {
                    boolean changed =
                            spine.store()
                                    .<Boolean, RuntimeException>write(
                                            tx -> rollouts.hear(tx, rollout.id(), fact, List.of()));
                    if (changed) {
                        tell(rollout);
                    }
                    return changed;
                })
                .orElse(false);
    }

    void tell(Rollout rollout) {
        spine.live().publish(rollout.place().project(), rollout.subject(), "changed", "");
        spine.live().publish(rollout.place().project(), "deploying", "");
    }

    /** What became true for a rollout by what its instances and the clock say. */
    static Optional<RolloutFact> fact(Rollout rollout, List<Row> alive) {
        var own = alive.stream().filter(row -> row.rollout().equals(rollout.id())).toList();
        var failed = own.stream().filter(row -> row.state() == State.FAILED).findFirst();
        var others =
                alive.stream()
                        .filter(row ->
                                row.place().equals(rollout.place())
                                        && !row.rollout().equals(rollout.id()))
                        .toList();
        return switch (rollout.state()) {
            case RolloutState.Preparing preparing -> {
                if (failed.isPresent()) {
                    yield Optional.of(new RolloutFact.NewFailed(failed.get().problem()));
                }
                boolean ready =
                        own.size() >= rollout.environment().instances()
                                && own.stream().allMatch(Row::healthy);
                yield ready ? Optional.of(new RolloutFact.NewHealthy()) : Optional.empty();
            }
            case RolloutState.AtStep at ->
                    failed.isPresent()
                            ? Optional.of(new RolloutFact.NewFailed(failed.get().problem()))
                            : passed(rollout, at);
            case RolloutState.Clearing clearing -> gone(others, new RolloutFact.OldGone());
            case RolloutState.Retiring retiring -> gone(others, new RolloutFact.OldGone());
            case RolloutState.Reverting reverting ->
                    gone(
                            rollout.plan().oldStopsFirst() ? atPlace(own, others) : own,
                            new RolloutFact.NewGone());
            case RolloutState.Restoring restoring -> restored(others);
            default -> Optional.empty();
        };
    }

    private static Optional<RolloutFact> gone(List<Row> rows, RolloutFact fact) {
        return rows.isEmpty() ? Optional.of(fact) : Optional.empty();
    }

    /** An old one that is still on its way out must be gone before it is started again. */
    private static List<Row> atPlace(List<Row> own, List<Row> others) {
        return Stream.concat(own.stream(), others.stream()).toList();
    }

    private static Optional<RolloutFact> restored(List<Row> old) {
        var failed = old.stream().filter(row -> row.state() == State.FAILED).findFirst();
        if (failed.isPresent()) {
            return Optional.of(new RolloutFact.OldFailed(failed.get().problem()));
        }
        return old.stream().allMatch(Row::healthy)
                ? Optional.of(new RolloutFact.OldHealthy())
                : Optional.empty();
    }

    private static Optional<RolloutFact> passed(Rollout rollout, RolloutState.AtStep at) {
        return rollout.plan().steps().get(at.step()) instanceof Plan.Step.Pause pause
                        && Micros.now() >= at.since() + pause.time().toNanos() / 1000
                ? Optional.of(new RolloutFact.TimePassed())
                : Optional.empty();
    }
}
