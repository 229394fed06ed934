package dev.rondo.jobs;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Workflow.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The steps of one job that run in the background. What one leaves counts from the step on that
 * waits for it, as in the runner's BackgroundStepCoordinator. Used by the job's thread; each step
 * has one of its own.
 */
final class BackgroundSteps implements AutoCloseable {
    private static final long LAST_SECONDS = 30;

    private final JobStory story;
    private final Map<String, Running> all = new LinkedHashMap<>();
    private final Semaphore places = new Semaphore(Limits.BACKGROUND_STEPS, true);

    BackgroundSteps(JobStory story) {
        this.story = story;
    }

    /** A step on its way, or at its end. */
    private static final class Running {
        private final Step step;
        private final StepMark mark;
        private final JobDesk desk;
        private final List<Doing.Later> later = Doing.nothingYet();
        private final CompletableFuture<StepWork.Done> end = new CompletableFuture<>();
        private boolean cancelled;
        private boolean taken;

        Running(Step step, StepMark mark, JobDesk desk) {
            this.step = step;
            this.mark = mark;
            this.desk = desk;
        }

        /** Cancelled because a step said so, which harms nothing. */
        boolean harmless(StepWork.Done done) {
            return cancelled && done.conclusion().equals("cancelled");
        }
    }

    /** What came of steps that were waited for, the last posts first. */
    record Joined(Outcome outcome, List<Doing.Later> posts, Step step, String title) {}

    void start(Step step, StepMark mark, JobDesk job, Deadline deadline) {
        var running = new Running(step, mark, job.beside(job.log().beside(mark.place())));
        all.put(key(step.id()), running);
        Thread.ofVirtual().name("job-background").start(() -> run(running, deadline));
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private void run(Running running, Deadline deadline) {
        var done = new StepWork.Done(Outcome.CANCELLED, "cancelled", Map.of(), "");
        try {
            places.acquire();
            try {
                if (!running.desk.state().cancelled()) {
                    story.began(running.mark);
                    done = work(running, deadline);
                }
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            done = failed(running, String.valueOf(e.getMessage()));
        } finally {
            tell(running, done);
            running.end.complete(done);
        }
    }

    private static StepWork.Done failed(Running running, String why) {
        running.desk.error(why);
        return new StepWork.Done(Outcome.failure(why), "failure", Map.of(), "");
    }

    private static StepWork.Done work(Running running, Deadline deadline)
            throws InterruptedException {
        JobDesk desk = running.desk;
        Optional<Shell> lane = desk.shell().beside(desk.output()::line);
        if (lane.isEmpty()) {
            return failed(running, "No more steps can run in the background where this job runs");
        }
        try (Shell shell = lane.get()) {
            desk.runsIn(shell);
            return new StepWork(desk)
                    .run(running.step, desk.state().frame(), deadline, running.later);
        }
    }

    private void tell(Running running, StepWork.Done done) {
        JobLog log = running.desk.log();
        story.ended(
                running.mark.ended(
                        done.outcome(),
                        done.conclusion(),
                        log.masked(done.outcome().message()),
                        log.masked(done.summary())));
    }

    /** Does a step that waits for others or ends one; its own failure may be allowed by it. */
    Outcome control(Step step, JobDesk job, List<Joined> joined) throws InterruptedException {
        if (step.cancels().isPresent()) {
            return cancel(step.cancels().get(), job, joined);
        }
        List<Running> wanted = new ArrayList<>();
        if (step.waitsForAll()) {
            all.values().stream().filter(running -> !running.taken).forEach(wanted::add);
            job.log()
                    .line(
                            wanted.isEmpty()
                                    ? "No background steps remaining to wait for."
                                    : "Waiting for all background step(s) to complete: "
                                            + titles(wanted));
        } else {
            step.waitsFor()
                    .forEach(id -> Optional.ofNullable(all.get(key(id))).ifPresent(wanted::add));
            job.log().line("Waiting for background step(s) to complete: " + titles(wanted));
        }
        Outcome outcome = Outcome.SUCCESS;
        for (Running running : wanted) {
            outcome = worse(outcome, join(running, job, joined));
        }
        job.log()
                .line(
                        step.waitsForAll()
                                ? "Finished waiting for all background step(s)."
                                : "Finished waiting for background step(s).");
        report(wanted, job);
        return outcome;
    }

    private Outcome cancel(String id, JobDesk job, List<Joined> joined)
            throws InterruptedException {
        Optional<Running> found = Optional.ofNullable(all.get(key(id)));
        List<Running> one = found.stream().toList();
        job.log().line("Cancelling background step(s): " + titles(one));
        for (Running running : one) {
            running.cancelled = true;
            if (!running.end.isDone()) {
                running.desk.state().cancel();
                running.desk.shell().stopCurrent();
            }
            join(running, job, joined);
        }
        job.log().line("Finished cancelling background step(s).");
        report(one, job);
        return Outcome.SUCCESS;
    }

    private static String titles(List<Running> some) {
        return some.isEmpty()
                ? "(none)"
                : String.join(", ", some.stream().map(running -> running.mark.title()).toList());
    }

    private static void report(List<Running> some, JobDesk job) {
        for (Running running : some) {
            String word =
                    switch (running.end.join().conclusion()) {
                        case "success" -> "Succeeded";
                        case "failure" -> "Failed";
                        case "cancelled" -> "Canceled";
                        default -> "Skipped";
                    };
            job.log().line("  " + running.mark.title() + ": " + word);
        }
    }

    /** Waits for its end; what it left counts from now on. */
    private static Outcome join(Running running, JobDesk job, List<Joined> joined)
            throws InterruptedException {
        StepWork.Done done;
        try {
            done = running.end.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
        Outcome outcome =
                switch (done.conclusion()) {
                    case "failure" ->
                            Outcome.failure(running.mark.title() + ": " + done.outcome().message());
                    case "cancelled" -> Outcome.CANCELLED;
                    default -> Outcome.SUCCESS;
                };
        if (!running.taken) {
            running.taken = true;
            job.takeOver(running.desk);
            job.state()
                    .frame()
                    .ended(
                            running.step.id(),
                            done.outcome().word(),
                            done.conclusion(),
                            done.outputs());
            joined.add(new Joined(outcome, running.later, running.step, running.mark.title()));
        }
        return outcome;
    }

    private static Outcome worse(Outcome one, Outcome other) {
        return one.failed() || other.equals(Outcome.SUCCESS) ? one : other;
    }

    /** Whether some were never waited for. */
    boolean left() {
        return all.values().stream().anyMatch(running -> !running.taken);
    }

    /** The first that failed, whatever waited for it; what was cancelled on purpose did not. */
    Optional<String> failure() {
        return all.values().stream()
                .filter(running -> running.end.isDone())
                .filter(running -> running.end.join().conclusion().equals("failure"))
                .filter(running -> !running.harmless(running.end.join()))
                .map(running ->
                        running.mark.title() + ": " + running.end.join().outcome().message())
                .findFirst();
    }

    /** Whether a step's {@code continue-on-error} holds. */
    static boolean allowed(Step step, JobDesk job) {
        try {
            return step.continueOnError()
                    .map(t -> t.value(job.state().scope(job.state().frame())).truthy())
                    .orElse(false);
        } catch (ExpressionFault e) {
            job.error(e.message());
            return false;
        }
    }

    /** Everything ends with the shell, which is closed by now. */
    @Override
    public void close() {
        for (Running running : all.values()) {
            try {
                running.end.get(LAST_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException e) {
                return;
            }
        }
    }
}
