package dev.rondo.building;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Masks;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.journal.Fact;
import dev.rondo.sandbox.Network;
import dev.rondo.sandbox.Program;
import dev.rondo.sandbox.SandboxFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one job to its end: a workspace, one sandbox, its steps one after the other. */
final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final Workshop shop;
    private final JobTask task;
    private final JobFolders folders;
    private final Masks masks = new Masks();
    private final JobState state;
    private volatile boolean cancelled;
    private volatile Runnable stop = () -> {};

    JobRunner(Workshop shop, JobTask task) {
        this.shop = shop;
        this.task = task;
        Run run = task.run();
        this.folders = JobFolders.make(shop.data(), run.id(), task.row().id(), run.project());
        this.state =
                new JobState(
                        task,
                        folders,
                        shop.secrets().open(run.project()),
                        shop.spine().publicUrl());
        state.maskSecrets(masks);
    }

    /** Ends what runs, in GitHub's steps; steps that ask for it still run. */
    void cancel() {
        cancelled = true;
        state.cancel();
        stop.run();
    }

    JobResult run() {
        Run run = task.run();
        var pulse =
                new LogPulse(
                        shop.spine().live(),
                        run.project(),
                        RunStore.subject(run.id(), task.row().id()));
        try (var log = new JobLog(shop.log(run.id(), task.row().id()), masks, pulse)) {
            return run(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return JobResult.of("interrupted", "Rondo stops");
        } finally {
            try {
                folders.delete();
            } catch (UncheckedIOException e) {
                LOG.warn("cannot remove {}: {}", folders.root(), e.getMessage());
            }
        }
    }

    private JobResult run(JobLog log) throws InterruptedException {
        var output = new StepOutput(log, masks, state.debug());
        setUp(log);
        String unsupported = unsupported();
        if (!unsupported.isEmpty()) {
            log.error(unsupported);
            return JobResult.of("failure", unsupported);
        }
        String message;
        Duration time = minutes(task.job().key("timeout-minutes"), Limits.JOB_TIME);
        try (var shell =
                new JobShell(shop.spine().sandbox(), folders, program(time), output::line)) {
            stop = shell::stopCurrent;
            if (cancelled) {
                state.cancel();
            }
            var steps = new StepRunner(shop, state, shell, log, output);
            message = steps.all(time);
        } catch (ExpressionFault | SandboxFailure | IllegalStateException e) {
            message = String.valueOf(e.getMessage());
            log.error(message);
            state.fail();
        } finally {
            stop = () -> {};
        }
        return result(log, output, message);
    }

    private JobResult result(JobLog log, StepOutput output, String problem) {
        log.step(task.job().steps().size() + 1);
        shop.spine()
                .store()
                .update(tx ->
                        StepRows.annotations(
                                tx.sql(), task.run().id(), task.row().id(), output.annotations()));
        List<Fact.StoredFile> reports = new Reports(shop).collect(task.run(), folders.work(), log);
        String outputs = "{}";
        String message = problem;
        boolean allowed = false;
        try {
            outputs = outputs(log);
            allowed =
                    task.job()
                            .key("continue-on-error")
                            .map(t -> t.value(state.scope(state.env())).truthy())
                            .orElse(false);
        } catch (ExpressionFault e) {
            state.fail();
            message = message.isEmpty() ? e.message() : message;
            log.error(e.message());
        }
        log.line("Job ended: " + state.status());
        return new JobResult(
                state.status(),
                allowed && state.status().equals("failure"),
                masks.hide(message),
                outputs,
                reports);
    }

    private String outputs(JobLog log) {
        var made = new LinkedHashMap<String, String>();
        int size = 0;
        for (Template.Entry entry : task.job().outputs().entries()) {
            String value = entry.value().value(state.scope(state.env())).text();
            size += value.length();
            if (masks.hides(value)) {
                log.line(
                        "##[warning]Skip output '"
                                + entry.name()
                                + "' since it may contain secret.");
            } else if (size > Limits.OUTPUT_BYTES) {
                throw ExpressionFault.failed(
                        "The outputs of the job are larger than "
                                + (Limits.OUTPUT_BYTES >> 10)
                                + " KiB");
            } else {
                made.put(entry.name(), value);
            }
        }
        return Value.texts(made).toJson();
    }

    private void setUp(JobLog log) {
        Run run = task.run();
        log.step(0);
        log.line("Workflow: " + task.workflow().name() + " (" + run.file() + ")");
        log.line("Job: " + task.row().name());
        log.line("Commit: " + run.source().commit() + " (" + run.source().ref() + ")");
        log.line("Caused by: " + run.source().actor() + ", " + run.event().name());
        try {
            Files.writeString(folders.files().resolve("event.json"), run.event().payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is read but not run says so instead of passing silently. */
    private String unsupported() {
        Workflow.Job job = task.job();
        if (job.uses().isPresent()) {
            return "Rondo does not call other workflows yet: " + job.uses().get();
        }
        for (String key : List.of("container", "services")) {
            if (job.key(key).isPresent()) {
                return "Rondo does not run jobs with '" + key + "' yet";
            }
        }
        return "";
    }

    private Duration minutes(java.util.Optional<Template> written, Duration otherwise) {
        try {
            double minutes =
                    written.map(t -> t.value(state.scope(state.env())).number())
                            .orElse((double) otherwise.toMinutes());
            return Double.isNaN(minutes) || minutes <= 0
                    ? otherwise
                    : Duration.ofMillis((long) (Math.min(minutes, 100_000) * 60_000));
        } catch (ExpressionFault e) {
            return otherwise;
        }
    }

    private Program program(Duration time) {
        return new Program(
                List.of(
                        "bash",
                        "--noprofile",
                        "--norc",
                        folders.steps().resolve("driver.sh").toString(),
                        folders.control().toString()),
                folders.work(),
                Map.of("HOME", folders.home().toString()),
                folders.mounts(),
                Network.OUTBOUND,
                shop.limits()
                        .withOutput(0)
                        // the job's own time ends its steps first; this is the last resort
                        .withWallTime(time.plusMinutes(10)));
    }
}
