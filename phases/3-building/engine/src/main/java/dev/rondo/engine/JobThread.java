package dev.rondo.engine;

import dev.rondo.jobs.JobEnd;
import dev.rondo.jobs.JobRunner;
import dev.rondo.records.JobResult;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job in its place: runs it and reports how it ended, or nothing where Rondo stops. */
final class JobThread {
    private static final Logger LOG = LoggerFactory.getLogger(JobThread.class);

    private final Workshop shop;
    private final JobTask task;
    private final BiConsumer<String, JobResult> report;
    private final Thread thread;
    private Optional<JobRunner> runner = Optional.empty();
    private boolean cancelled;
    private volatile boolean killed;
    private volatile boolean abandoned;

    JobThread(Workshop shop, JobTask task, BiConsumer<String, JobResult> report) {
        this.shop = shop;
        this.task = task;
        this.report = report;
        this.thread =
                Thread.ofVirtual()
                        .name("job-" + task.run().id() + "-" + task.row().id())
                        .unstarted(this::go);
    }

    void start() {
        thread.start();
    }

    /** Ends what runs, in GitHub's steps; steps that ask for it still run. Once is enough. */
    synchronized void cancel() {
        if (!cancelled) {
            cancelled = true;
            runner.ifPresent(JobRunner::cancel);
        }
    }

    /** Ends it whatever it does. */
    void kill() {
        killed = true;
        thread.interrupt();
    }

    /** As if Rondo ended: nothing is reported. */
    void interrupt() {
        abandoned = true;
        thread.interrupt();
    }

    private void go() {
        JobResult result;
        try {
            result = run();
        } catch (InterruptedException e) {
            result = JobResult.of("interrupted", "Rondo stops");
        } catch (RuntimeException e) {
            if (abandoned) {
                return; // what it held was closed by the interrupt
            }
            if (!killed) {
                LOG.error("job {} of run {} failed", task.row().id(), task.run().id(), e);
            }
            result = JobResult.of("failure", "Rondo could not run this job: " + e.getMessage());
        }
        if (killed) {
            result = JobResult.of("cancelled", "The job was ended by force.");
        }
        if (!abandoned && !result.outcome().equals("interrupted")) {
            report.accept(task.row().id(), result);
        }
    }

    private JobResult run() throws InterruptedException {
        try (var story = new RunStory(shop, task.run(), task.row().id())) {
            JobRunner made = shop.runner(task, story);
            synchronized (this) {
                runner = Optional.of(made);
                if (cancelled) {
                    made.cancel();
                }
            }
            JobEnd end = made.run();
            return JobResult.of(end, story.reports());
        }
    }
}
