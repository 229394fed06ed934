package dev.rondo.building;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Matrix;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.jobs.JobEnd;
import dev.rondo.jobs.JobRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads one run from its queue to its end, on a virtual thread that mostly waits. What happened
 * stands in the database before it has an effect, so a new one can take over after a crash.
 */
final class LiveRun {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);

    private final Workshop shop;
    private final Run run;
    private final Workflow workflow;
    private final Semaphore slots;
    private final Map<String, Value> github;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Map<String, JobThread> threads = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> bounds = new LinkedHashMap<>();
    private boolean cancelled;

    private sealed interface Signal {
        record Ended(JobTask task, JobResult result) implements Signal {}

        record Cancelled() implements Signal {}
    }

    LiveRun(Workshop shop, Run run, Workflow workflow, Semaphore slots) {
        this.shop = shop;
        this.run = run;
        this.workflow = workflow;
        this.slots = slots;
        this.github = GithubContext.of(run, workflow, shop.spine().publicUrl());
        this.cancelled = !run.progress().cancelledBy().isEmpty();
    }

    void cancel() {
        signals.add(new Signal.Cancelled());
    }

    /** Returns when the run has ended, or when the thread is interrupted because Rondo stops. */
    void lead() throws InterruptedException {
        shop.spine().store().update(tx -> shop.runs().start(tx, run));
        shop.changed(run);
        while (!advance()) {
            switch (signals.take()) {
                case Signal.Ended ended -> ended(ended.task(), ended.result());
                case Signal.Cancelled cancel -> {
                    cancelled = true;
                    threads.values().forEach(JobThread::cancel);
                }
            }
        }
    }

    void interruptJobs() {
        threads.values().forEach(thread -> thread.thread.interrupt());
    }

    private void ended(JobTask task, JobResult result) {
        threads.remove(task.row().id());
        shop.spine().store().update(tx -> shop.runs().finishJob(tx, run, task.row(), result));
        shop.changed(run);
        if (result.outcome().equals("failure") && !result.allowed() && task.strategy().failFast()) {
            threads.values().stream()
                    .filter(other -> other.task.row().job().equals(task.row().job()))
                    .forEach(JobThread::cancel);
        }
    }

    /** Starts what can be started; true when the run has ended. */
    private boolean advance() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Workflow.Job job : workflow.jobs()) {
                moved |= advance(job);
            }
        }
        List<RunJob> jobs = rows();
        if (!jobs.stream().allMatch(RunJob::finished)) {
            return false;
        }
        var graph = new JobGraph(workflow, jobs);
        shop.spine()
                .store()
                .update(tx -> {
                    Run now = RunRows.run(tx.sql(), run.id()).orElse(run);
                    boolean byHand = !now.progress().cancelledBy().isEmpty();
                    shop.runs().finish(tx, now, graph.outcome(byHand), graph.message(), jobs);
                });
        shop.changed(run);
        return true;
    }

    private List<RunJob> rows() {
        return shop.spine().store().read(sql -> RunRows.jobs(sql, run.id()));
    }

    /** True when a job was decided or skipped, so that others may follow. */
    private boolean advance(Workflow.Job job) {
        List<RunJob> all = rows();
        var graph = new JobGraph(workflow, all);
        boolean moved = false;
        List<RunJob> own = graph.of(job.id());
        for (RunJob row : own) {
            if (row.state().equals("waiting") && graph.ready(job)) {
                decide(job, row, graph);
                moved = true;
            } else if (row.state().equals("queued") && !threads.containsKey(row.id())) {
                launch(job, row, graph, own.indexOf(row), own.size());
            }
        }
        return moved;
    }

    private void decide(Workflow.Job job, RunJob row, JobGraph graph) {
        try {
            if (!graph.holds(job, github, cancelled)) {
                String outcome = cancelled ? "cancelled" : "skipped";
                finish(row, JobResult.of(outcome, ""));
                return;
            }
            List<RunJob> expanded = expand(job, row, graph);
            shop.spine()
                    .store()
                    .update(tx -> {
                        shop.runs().remove(tx.sql(), run.id(), row.id());
                        expanded.forEach(one -> shop.runs().put(tx.sql(), one));
                    });
        } catch (ExpressionFault e) {
            finish(row, JobResult.of("failure", e.message()));
        }
        shop.changed(run);
    }

    private void finish(RunJob row, JobResult result) {
        shop.spine().store().update(tx -> shop.runs().finishJob(tx, run, row, result));
        shop.changed(run);
    }

    private Scope scope(Workflow.Job job, JobGraph graph) {
        return Scope.of(
                Map.of(
                        "github", Value.of(github),
                        "needs", graph.needs(job),
                        "vars", Value.of(Map.of()),
                        "inputs", RunInputs.of(workflow, github)));
    }

    private List<RunJob> expand(Workflow.Job job, RunJob row, JobGraph graph) {
        Optional<Template> written = job.keys().mapping("strategy").get("matrix");
        List<Map<String, Value>> combinations =
                written.map(t -> Matrix.combinations(job.id(), t.value(scope(job, graph))))
                        .filter(list -> !list.isEmpty())
                        .orElse(List.of(Map.of()));
        var jobs = new ArrayList<RunJob>();
        for (Map<String, Value> combination : combinations) {
            String id = written.isEmpty() ? job.id() : job.id() + "-" + (jobs.size() + 1);
            jobs.add(
                    new RunJob(
                            run.id(),
                            id,
                            job.id(),
                            name(job, graph, combination),
                            row.place(),
                            Value.of(combination).toJson(),
                            job.needs(),
                            "queued",
                            "",
                            false,
                            "",
                            "{}",
                            0,
                            0,
                            0));
        }
        return jobs;
    }

    private String name(Workflow.Job job, JobGraph graph, Map<String, Value> combination) {
        Optional<Template> written = job.key("name");
        if (written.isEmpty()) {
            return job.id() + Matrix.suffix(combination);
        }
        var contexts = new LinkedHashMap<>(scope(job, graph).contexts().entries());
        contexts.put("matrix", Value.of(combination));
        contexts.put("strategy", Value.of(Map.of()));
        String name = written.get().value(Scope.of(contexts)).text();
        return written.get() instanceof Template.Literal ? name + Matrix.suffix(combination) : name;
    }

    private void launch(Workflow.Job job, RunJob row, JobGraph graph, int index, int total) {
        Template.Mapping strategy = job.keys().mapping("strategy");
        JobTask.Strategy how;
        try {
            Scope scope = scope(job, graph);
            boolean failFast =
                    strategy.get("fail-fast").map(t -> t.value(scope).truthy()).orElse(true);
            double most =
                    strategy.get("max-parallel").map(t -> t.value(scope).number()).orElse(0.0);
            how = new JobTask.Strategy(failFast, index, total, most > 0 ? (int) most : 0);
        } catch (ExpressionFault e) {
            finish(row, JobResult.of("failure", e.message()));
            return;
        }
        Semaphore bound =
                bounds.computeIfAbsent(
                        job.id(),
                        id -> new Semaphore(how.maxParallel() == 0 ? total : how.maxParallel()));
        var thread =
                new JobThread(new JobTask(run, row, workflow, job, graph.needs(job), how), bound);
        threads.put(row.id(), thread);
        thread.thread.start();
    }

    /** One job on its way: waits for its place, runs, reports. */
    private final class JobThread {
        private final JobTask task;
        private final Semaphore bound;
        private final Thread thread;
        private boolean cancelled;
        private Optional<JobRunner> runner = Optional.empty();

        JobThread(JobTask task, Semaphore bound) {
            this.task = task;
            this.bound = bound;
            this.thread =
                    Thread.ofVirtual()
                            .name("job-" + run.id() + "-" + task.row().id())
                            .unstarted(this::go);
        }

        synchronized void cancel() {
            cancelled = true;
            runner.ifPresentOrElse(JobRunner::cancel, thread::interrupt);
        }

        private void go() {
            JobResult result;
            try {
                bound.acquire();
                try {
                    slots.acquire();
                    try {
                        result = run();
                    } finally {
                        slots.release();
                    }
                } finally {
                    bound.release();
                }
            } catch (InterruptedException e) {
                if (!isCancelled()) {
                    return; // Rondo stops: the job stays queued
                }
                result = JobResult.of("cancelled", "");
            } catch (RuntimeException e) {
                LOG.error("job {} of run {} failed", task.row().id(), run.id(), e);
                result = JobResult.of("failure", "Rondo could not run this job: " + e.getMessage());
            }
            if (!result.outcome().equals("interrupted")) {
                signals.add(new Signal.Ended(task, result));
            }
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }

        private JobResult run() throws InterruptedException {
            JobRunner made;
            RunStory story;
            synchronized (this) {
                if (cancelled) {
                    return JobResult.of("cancelled", "");
                }
                shop.spine().store().update(tx -> shop.runs().startJob(tx, run, task.row()));
                story = new RunStory(shop, run, task.row().id());
                try {
                    made = shop.runner(task, story);
                } catch (RuntimeException e) {
                    story.close();
                    throw e;
                }
                runner = Optional.of(made);
            }
            shop.changed(run);
            try (story) {
                JobEnd end = made.run();
                return JobResult.of(end, story.reports());
            }
        }
    }
}
