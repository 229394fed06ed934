package dev.rondo.jobs;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.JobEnvironment;
import dev.rondo.actions.Masks;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import dev.rondo.sandbox.SandboxFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one job to its end: its folders, one shell, its steps one after the other. */
public final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final Workbench bench;
    private final JobOrder order;
    private final JobStory story;
    private final JobFolders folders;
    private final Masks masks = new Masks();
    private final JobState state;
    private volatile boolean cancelled;
    private volatile Runnable stop = () -> {};

    /** Makes the job's folders; whatever an earlier job of that name left there is gone. */
    public JobRunner(Workbench bench, JobOrder order, JobStory story) {
        this.bench = bench;
        this.order = order;
        this.story = new StoryInTurns(story);
        this.folders = JobFolders.make(bench, order);
        this.state = new JobState(order, folders);
        state.maskSecrets(masks);
    }

    /** Ends what runs, in GitHub's steps; steps that ask for it still run. */
    public void cancel() {
        cancelled = true;
        state.cancel();
        stop.run();
    }

    /** Runs it; an interrupted thread gives the outcome {@code interrupted}. */
    public JobEnd run() {
        var log = new JobLog(masks, story);
        try {
            return run(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return JobEnd.of("interrupted", "Rondo stops");
        } finally {
            try {
                folders.delete();
            } catch (UncheckedIOException e) {
                LOG.warn("cannot remove {}: {}", folders.root(), e.getMessage());
            }
        }
    }

    private JobEnd run(JobLog log) throws InterruptedException {
        var remarks = new Remarks(masks);
        var output =
                new StepOutput(
                        log,
                        masks,
                        remarks,
                        new MatcherFiles(folders, order.project()),
                        state.debug());
        String message;
        try {
            setUp(log);
            Deadline end = Deadline.in(Limits.JOB_TIME).within(minutes());
            // the job's own time ends its steps first; the rest is the last resort
            Duration most = end.whole().plus(Limits.AFTER_TIME.multipliedBy(2));
            state.addEnv(order.workflow().env());
            state.addEnv(order.job().env());
            var opening = new JobOpening(bench.executor(), state, story);
            var place =
                    new JobPlace(
                            folders,
                            order,
                            opening.wanted(),
                            most,
                            output::line,
                            log,
                            () -> cancelled);
            var actions = new ActionLoader(folders, bench.sources(), log);
            actions.prepare(order.job().steps());
            opening.bring(place, actions.images());
            try (var crew = new BackgroundSteps(story);
                    Shell shell = opening.open(place)) {
                stop = shell::stopCurrent;
                state.opened(shell);
                if (cancelled) {
                    state.cancel();
                }
                var desk = desk(shell, log, output, remarks, actions);
                message = new JobSteps(desk, story, end, opening, crew).all();
            }
        } catch (ActionLoader.Unusable
                | ExpressionFault
                | SandboxFailure
                | IllegalStateException e) {
            if (cancelled) {
                state.cancel();
            }
            message = String.valueOf(e.getMessage());
            log.error(message);
            remarks.add("error", message);
            state.fail();
        } finally {
            stop = () -> {};
        }
        story.leaving(folders.work(), log);
        JobEnd end = end(log, remarks, message);
        story.remarked(remarks.all());
        return end;
    }

    private JobDesk desk(
            Shell shell, JobLog log, StepOutput output, Remarks remarks, ActionLoader actions) {
        return new JobDesk(
                new JobDesk.Parts(
                        state, shell, log, output, remarks, masks, actions, new AtomicInteger()));
    }

    private JobEnd end(JobLog log, Remarks remarks, String problem) {
        Map<String, String> outputs = Map.of();
        String message = problem;
        String url = "";
        boolean allowed = false;
        try {
            outputs = outputs(log, remarks);
            url =
                    order.job()
                            .environment()
                            .flatMap(JobEnvironment::url)
                            .map(t -> t.value(state.scope(state.frame())).text())
                            .orElse("");
            allowed =
                    order.job()
                            .continueOnError()
                            .map(t -> t.value(state.scope(state.frame())).truthy())
                            .orElse(false);
        } catch (ExpressionFault e) {
            state.fail();
            message = message.isEmpty() ? e.message() : message;
            log.error(e.message());
        }
        log.line("Job ended: " + state.status());
        return new JobEnd(
                state.status(),
                allowed && state.status().equals("failure"),
                masks.hide(message),
                outputs,
                masks.hide(url));
    }

    private Map<String, String> outputs(JobLog log, Remarks remarks) {
        var made = new LinkedHashMap<String, String>();
        int size = 0;
        for (Template.Entry entry : order.job().outputs().entries()) {
            String value = entry.value().value(state.scope(state.frame())).text();
            size += value.length();
            if (value.isEmpty()) {
                continue;
            }
            if (masks.hides(value)) {
                String sentence = "Skip output '" + entry.name() + "' since it may contain secret.";
                log.warning(sentence);
                remarks.add("warning", sentence);
            } else if (size > Limits.OUTPUT_BYTES) {
                throw ExpressionFault.failed(
                        "The outputs of the job are larger than "
                                + (Limits.OUTPUT_BYTES >> 10)
                                + " KiB");
            } else {
                made.put(entry.name(), value);
            }
        }
        return made;
    }

    private void setUp(JobLog log) {
        order.intro().forEach(log::line);
        try {
            Files.writeString(
                    folders.files().resolve("event.json"),
                    Value.of(order.contexts().github()).at("event").toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double minutes() {
        Optional<Template> written = order.job().timeoutMinutes();
        return written.map(t -> t.value(state.scope(state.frame())).number()).orElse(Double.NaN);
    }
}
