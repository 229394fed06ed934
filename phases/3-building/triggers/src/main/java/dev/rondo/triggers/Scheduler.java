package dev.rondo.triggers;

import dev.rondo.actions.Schedule;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.engine.Workshop;
import dev.rondo.events.Happening;
import dev.rondo.events.Orders;
import dev.rondo.events.Scene;
import dev.rondo.store.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts workflows at their times. Sleeps until the next one is due; what was due while Rondo was
 * down starts once, however often it would have.
 */
final class Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    /** Clocks may be set, and a machine may sleep: nothing is trusted for longer. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration TROUBLE = Duration.ofSeconds(5);

    private final Workshop shop;
    private final Planner planner;
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean stopping;
    private final Thread thread =
            Thread.ofVirtual().name("building-scheduler").unstarted(this::work);

    Scheduler(Workshop shop, Planner planner) {
        this.shop = shop;
        this.planner = planner;
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping = true;
        bell.release();
        Planner.join(thread);
    }

    /** There may be another time to wait for. */
    void changed() {
        bell.release();
    }

    private void work() {
        while (!stopping) {
            try {
                Duration pause = once();
                if (bell.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Starts what is due first, or says how long there is to wait. */
    private Duration once() {
        try {
            Optional<ScheduleRow> next = shop.spine().store().read(ScheduleRows::next);
            Duration pause = next.map(row -> pause(row, Instant.now())).orElse(LONGEST);
            if (next.isPresent() && pause.isZero()) {
                start(next.get());
            }
            return pause;
        } catch (RuntimeException e) {
            if (!stopping) {
                LOG.error("the times of workflows cannot be looked at", e);
            }
            return TROUBLE;
        }
    }

    /** How long to sleep until a time table is due; at least a millisecond where it is not yet. */
    static Duration pause(ScheduleRow row, Instant now) {
        Duration left = Duration.between(now, Micros.toInstant(row.dueAt()));
        if (left.isNegative() || left.isZero()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST) > 0 ? LONGEST : left.plusMillis(1);
    }

    private void start(ScheduleRow row) {
        List<Planner.Wanted> wanted = List.of();
        Optional<Instant> next = Optional.empty();
        try {
            Optional<Scene> scene = planner.scenes().of(row.project());
            Optional<Happening> due =
                    scene.flatMap(s -> Orders.schedule(s, row.cron(), row.actor()));
            if (due.isPresent()) {
                next =
                        planner
                                .files()
                                .at(scene.get().repository(), due.get().source().commit())
                                .stream()
                                .flatMap(reading -> schedule(reading, row).stream())
                                .findFirst()
                                .flatMap(schedule -> schedule.next(Instant.now()));
                wanted =
                        planner.wanted(scene.get(), due.get()).stream()
                                .filter(one -> one.file().equals(row.file()))
                                .toList();
            }
        } catch (RuntimeException e) {
            LOG.error("{} of {} could not be started at its time", row.file(), row.project(), e);
            next = Optional.of(Instant.now().plus(LONGEST));
        }
        Optional<Instant> later = next;
        planner.queue(row.project(), wanted, List.of(), tx -> ScheduleRows.put(tx, row, later));
    }

    private static Optional<Schedule> schedule(WorkflowReading reading, ScheduleRow row) {
        if (!(reading instanceof WorkflowReading.Valid(Workflow workflow))
                || !workflow.file().equals(row.file())) {
            return Optional.empty();
        }
        return workflow.on().timeTables().stream()
                .filter(one ->
                        one.text().equals(row.cron()) && one.zone().getId().equals(row.zone()))
                .findFirst();
    }
}
