package dev.rondo.building;

import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.git.GitFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads all runs that are not finished, each on a thread of its own, with so many jobs at once. */
final class Conductor {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);
    private static final long STOP_MILLIS = 10_000;

    private final Workshop shop;
    private final Semaphore slots;
    private final Map<String, Led> live = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    private record Led(LiveRun run, Thread thread) {}

    Conductor(Workshop shop, int slots) {
        this.shop = shop;
        this.slots = new Semaphore(slots, true);
    }

    /** Takes up every run that an earlier Rondo left, and marks the jobs that it cut off. */
    void start() {
        List<Run> unfinished = shop.spine().store().read(RunRows::unfinished);
        for (Run run : unfinished) {
            shop.spine()
                    .store()
                    .update(tx ->
                            RunRows.jobs(tx.sql(), run.id()).stream()
                                    .filter(job -> job.state().equals("running"))
                                    .forEach(job -> shop.runs().interrupted(tx, run, job)));
            lead(run);
        }
    }

    /** Leads a run that is queued; its workflow is read again at its commit. */
    void lead(Run run) {
        Workflow workflow;
        try {
            switch (read(run)) {
                case WorkflowReading.Valid valid -> workflow = valid.workflow();
                case WorkflowReading.Invalid invalid -> {
                    end(run, "invalid", invalid.text());
                    return;
                }
            }
        } catch (GitFailure | IllegalStateException e) {
            end(run, "failure", "The workflow cannot be read any more: " + e.getMessage());
            return;
        }
        lead(run, workflow);
    }

    private WorkflowReading read(Run run) {
        String text =
                shop.spine()
                        .repositories()
                        .find(run.project())
                        .flatMap(repository ->
                                repository.file(
                                        run.source().commit(), run.file(), Limits.WORKFLOW_BYTES))
                        .orElseThrow(() -> new IllegalStateException(run.file() + " is not there"))
                        .text();
        return WorkflowReading.read(run.file(), text);
    }

    private void end(Run run, String outcome, String message) {
        shop.spine().store().update(tx -> shop.runs().finish(tx, run, outcome, message, List.of()));
        shop.changed(run);
    }

    /** Leads a run whose workflow is read already. */
    void lead(Run run, Workflow workflow) {
        if (stopping || live.containsKey(run.id())) {
            return;
        }
        var led = new LiveRun(shop, run, workflow, slots);
        Thread thread = Thread.ofVirtual().name("run-" + run.id()).unstarted(() -> go(run, led));
        if (live.putIfAbsent(run.id(), new Led(led, thread)) == null) {
            thread.start();
        }
    }

    private void go(Run run, LiveRun led) {
        try {
            led.lead();
        } catch (InterruptedException e) {
            LOG.info("run {} is left for the next start", run.id());
        } catch (RuntimeException e) {
            LOG.error("run {} failed", run.id(), e);
            if (!stopping) {
                end(run, "failure", "Rondo could not lead this run: " + e.getMessage());
            }
        } finally {
            live.remove(run.id());
        }
    }

    void cancel(String run) {
        Optional.ofNullable(live.get(run)).ifPresent(led -> led.run().cancel());
    }

    /** Jobs that run get their time; what has not ended then is found again at the next start. */
    void stop() {
        stopping = true;
        long deadline = System.currentTimeMillis() + STOP_MILLIS;
        for (Led led : live.values()) {
            try {
                led.thread().join(Math.max(1, deadline - System.currentTimeMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        abandon();
    }

    void abandon() {
        stopping = true;
        live.values()
                .forEach(led -> {
                    led.run().interruptJobs();
                    led.thread().interrupt();
                });
    }
}
