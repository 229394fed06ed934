package dev.rondo.kits.jobs;

import dev.rondo.actions.Value;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.jobs.ActionReference;
import dev.rondo.jobs.ActionSources;
import dev.rondo.jobs.Annotation;
import dev.rondo.jobs.Contexts;
import dev.rondo.jobs.Executor;
import dev.rondo.jobs.JobEnd;
import dev.rondo.jobs.JobLog;
import dev.rondo.jobs.JobOrder;
import dev.rondo.jobs.JobRunner;
import dev.rondo.jobs.JobServices;
import dev.rondo.jobs.JobStory;
import dev.rondo.jobs.NativeAction;
import dev.rondo.jobs.StepMark;
import dev.rondo.jobs.Workbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The one job of a workflow, run from its text, with what it told. */
public final class Trial implements JobStory {
    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> steps = new LinkedHashMap<>();
    private final JobRunner runner;
    public final String id = "trial-" + UUID.randomUUID();
    private final Path work;

    public Trial(Path data, Executor executor, String job) {
        this(data, executor, job, Map.of());
    }

    /**
     * @param job what stands below {@code jobs.a}, without indentation
     * @param files what lies in the workspace
     */
    public Trial(Path data, Executor executor, String job, Map<String, String> files) {
        this(data, executor, job, files, JobServices.NONE);
    }

    /**
     * @param services what the job gets of its server
     */
    public Trial(
            Path data,
            Executor executor,
            String job,
            Map<String, String> files,
            JobServices services) {
        String text = "on: push\njobs:\n  a:\n    runs-on: x\n" + job.indent(4);
        if (!(WorkflowReading.read("ci.yml", text) instanceof WorkflowReading.Valid valid)) {
            throw new AssertionError(WorkflowReading.read("ci.yml", text));
        }
        var contexts =
                new Contexts(
                        Map.of("repository", Value.of("rondo/shop"), "event", Value.of(Map.of())),
                        Value.of(Map.of()),
                        Value.of(Map.of()),
                        Value.NOTHING,
                        Value.of(Map.of()),
                        Value.of(Map.of()));
        var order =
                new JobOrder(
                        id,
                        "shop",
                        valid.workflow(),
                        valid.workflow().jobs().getFirst(),
                        contexts,
                        Map.of("WORD", "sesame"),
                        List.of(),
                        services);
        this.runner =
                new JobRunner(
                        new Workbench(data, executor, new NoSources(), Optional.empty()),
                        order,
                        this);
        this.work = data.toAbsolutePath().resolve("jobs").resolve(id).resolve("work");
        files.forEach(this::put);
    }

    private void put(String name, String text) {
        try {
            Path file = work.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            if (text.startsWith("#!") && !file.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + file + " executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a file in the job's folder for temporary files. */
    public void touch(String name) throws IOException {
        Files.createFile(work.resolveSibling("temp").resolve(name));
    }

    public JobEnd run() {
        return runner.run();
    }

    public void cancel() {
        runner.cancel();
    }

    /** What was printed, groups and colours left out. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Title to conclusion. */
    public synchronized Map<String, String> steps() {
        return Map.copyOf(steps);
    }

    @Override
    public synchronized void line(int step, String text) {
        lines.add(text);
    }

    @Override
    public void began(StepMark step) {}

    @Override
    public synchronized void ended(StepMark step) {
        steps.put(step.title(), step.conclusion());
    }

    @Override
    public void remarked(List<Annotation> annotations) {}

    @Override
    public void leaving(Path workspace, JobLog log) {}

    private static final class NoSources implements ActionSources {
        @Override
        public Optional<NativeAction> known(ActionReference reference) {
            return Optional.empty();
        }

        @Override
        public String fetch(ActionReference reference, Path folder) throws Refused {
            throw new Refused("no action " + reference);
        }
    }
}
