package dev.rondo.engine;

import dev.rondo.actions.Template;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowTree;
import dev.rondo.git.GitFailure;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.settings.BuildingSettings;
import dev.rondo.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads all runs that are not finished, each on a thread of its own. */
public final class Conductor implements ConcurrencyGroups.Wake {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);
    private static final long STOP_MILLIS = 10_000;

    private final Workshop shop;
    private final Crew crew;
    private final Map<String, Led> live = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    private record Led(LiveRun run, Thread thread) {}

    /** As owners and administrators set it. */
    private record Allowed(BuildingSettings settings) implements Slots.Most {
        @Override
        public int all() {
            return settings.places();
        }

        @Override
        public int of(String project) {
            return settings.places(project);
        }
    }

    public Conductor(Workshop shop, List<Station> stations) {
        this.shop = shop;
        var groups = new ConcurrencyGroups(shop.spine().store(), this);
        this.crew =
                Crew.of(
                        new Gates(shop, groups, stations),
                        stations,
                        new Allowed(shop.settings().values()));
    }

    /** Takes up every run that an earlier Rondo left, and marks the jobs that it cut off. */
    public void start() {
        List<Run> unfinished = shop.spine().store().read(RunRows::unfinished);
        for (Run run : unfinished) {
            shop.spine()
                    .store()
                    .update(tx ->
                            RunRows.jobs(tx.sql(), run.id()).stream()
                                    .filter(RunJob::running)
                                    .filter(job -> job.call().calls().isEmpty())
                                    .forEach(job -> shop.jobs().interrupted(tx, run, job)));
            lead(run);
        }
    }

    /** Writes down the jobs as they stand in the file of a run that is to be led. */
    public void prepare(Tx tx, Run run, Workflow workflow) {
        int place = 0;
        for (Workflow.Job job : workflow.jobs()) {
            String name = job.key("name").map(Template::source).orElse(job.id());
            shop.jobs()
                    .put(
                            tx.sql(),
                            RunJob.waiting(run.id(), job.id(), job.id(), name, place++, job.needs())
                                    .with(new RunJob.Call("", job.uses().orElse(""), "{}")));
        }
    }

    /** Leads a run that is queued; its workflow is read again at its commit. */
    public void lead(Run run) {
        if (stopping || live.containsKey(run.id())) {
            return;
        }
        var calls = new Calls(shop, run);
        try {
            switch (calls.read()) {
                case WorkflowTree.Reading.Valid valid -> lead(run, valid.tree(), calls);
                case WorkflowTree.Reading.Invalid invalid -> end(run, "invalid", invalid.text());
            }
        } catch (GitFailure | IllegalStateException e) {
            end(run, "failure", "The workflow cannot be read any more: " + e.getMessage());
        }
    }

    private void lead(Run run, WorkflowTree tree, Calls calls) {
        var led = new LiveRun(shop, run, tree, calls, crew);
        Thread thread = Thread.ofVirtual().name("run-" + run.id()).unstarted(() -> go(run, led));
        if (live.putIfAbsent(run.id(), new Led(led, thread)) == null) {
            try {
                led.begin();
            } catch (RuntimeException e) {
                LOG.error("run {} failed", run.id(), e);
                end(run, "failure", "Rondo could not lead this run: " + e.getMessage());
                live.remove(run.id());
                return;
            }
            led.look(); // who asked it to end before it was led found nobody to tell
            thread.start();
        }
    }

    private void end(Run run, String outcome, String message) {
        shop.spine()
                .store()
                .update(tx -> {
                    shop.runs().finish(tx, run, outcome, message, List.of());
                    crew.gates().groups().leave(tx, run.id(), "");
                });
        shop.changed(run);
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

    /** The run looks again at what it waits for, and whether it is to end. */
    @Override
    public void look(String run) {
        Optional.ofNullable(live.get(run)).ifPresent(led -> led.run().look());
    }

    @Override
    public void stop(String run, String job) {
        look(run);
    }

    /** Places may have become free by a change of the settings. */
    public void settingsChanged() {
        crew.queues().values().forEach(Slots::look);
    }

    /** Jobs that run get their time; what has not ended then is found again at the next start. */
    public void stop() {
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

    public void abandon() {
        stopping = true;
        live.values()
                .forEach(led -> {
                    led.run().interruptJobs();
                    led.thread().interrupt();
                });
    }
}
