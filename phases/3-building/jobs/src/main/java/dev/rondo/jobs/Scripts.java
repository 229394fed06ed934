package dev.rondo.jobs;

import dev.rondo.actions.CommandFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Runs scripts and programs in the job's shell, and takes over what they leave in their files. */
final class Scripts {
    private final JobDesk desk;
    private String broken = "";
    private Optional<StepFiles> ahead = Optional.empty();

    Scripts(JobDesk desk) {
        this.desk = desk;
    }

    /** Why nothing can run any more, or empty. */
    String broken() {
        return broken;
    }

    /**
     * What is run: in which folder, with which variables beside those of the step.
     *
     * @param quiet when it fails it has said itself why
     */
    record Call(
            Path folder,
            Map<String, String> more,
            Function<ShellScript.Around, ShellScript> script,
            boolean quiet) {}

    Outcome run(Doing doing, Call call) throws InterruptedException {
        StepFiles files = files();
        Map<String, String> variables = variables(doing, call.more(), files);
        packages(variables);
        path(variables);
        ShellScript script =
                call.script()
                        .apply(
                                new ShellScript.Around(
                                        desk.folders().steps(),
                                        files.place(),
                                        Path.of(desk.shell().inside(call.folder().toString())),
                                        desk.shell().inside(variables)));
        desk.output().reset(doing.env());
        Shell.End end = run(files, script, doing.deadline());
        script.forget();
        return keep(doing, files, outcome(doing, call.quiet(), end));
    }

    private StepFiles made() {
        return new StepFiles(desk.folders(), desk.nextScript());
    }

    private StepFiles files() {
        StepFiles files = ahead.orElseGet(this::made);
        ahead = Optional.empty();
        return files;
    }

    /**
     * The files of the next script are made meanwhile, once there was more than one; where files
     * are sent to the job, none may come to be while they are.
     */
    private Shell.End run(StepFiles files, ShellScript script, Deadline deadline)
            throws InterruptedException {
        if (files.place() == 1 || desk.folders().mirror().elsewhere()) {
            return desk.shell().run(script.file(), deadline.left());
        }
        var next = CompletableFuture.supplyAsync(this::made, Thread::startVirtualThread);
        try {
            return desk.shell().run(script.file(), deadline.left());
        } finally {
            // What could not be made now is tried again, and told, when it is needed.
            ahead = next.handle((made, failed) -> Optional.ofNullable(made)).join();
        }
    }

    /** Runs an action that is a container; it is made of the variables that it gets. */
    Outcome contain(
            Doing doing,
            Map<String, String> more,
            Function<Map<String, String>, ContainerStep> container)
            throws InterruptedException {
        StepFiles files = files();
        Map<String, String> variables = variables(doing, more, files);
        variables.put("HOME", desk.folders().home().toString());
        variables.putAll(desk.state().order().services().actionVariables());
        desk.output().reset(doing.env());
        Shell.End end = desk.shell().run(container.apply(variables), doing.deadline().left());
        return keep(
                doing,
                files,
                end instanceof Shell.End.Exited exited && exited.code() != 0
                        ? failure("Docker run failed with exit code " + exited.code())
                        : outcome(doing, false, end));
    }

    private Outcome outcome(Doing doing, boolean quiet, Shell.End end) {
        return switch (end) {
            case Shell.End.Exited exited when exited.code() == 0 -> Outcome.SUCCESS;
            case Shell.End.Exited exited when quiet && !desk.state().cancelled() ->
                    Outcome.failure(
                            desk.output()
                                    .lastError()
                                    .orElse("It ended with exit code " + exited.code() + "."));
            case Shell.End.Exited exited ->
                    failure("Process completed with exit code " + exited.code() + ".");
            case Shell.End.TimedOut timedOut ->
                    failure(
                            "The action '%s' has timed out after %s minutes."
                                    .formatted(doing.step().title(), doing.deadline().minutes()));
            case Shell.End.Refused refused -> failure(refused.why());
            case Shell.End.Broken gone -> {
                broken = desk.state().cancelled() ? "" : gone.why();
                yield failure(gone.why());
            }
        };
    }

    private Outcome failure(String sentence) {
        if (desk.state().cancelled()) {
            desk.error("The operation was canceled.");
            return Outcome.CANCELLED;
        }
        desk.error(sentence);
        return Outcome.failure(sentence);
    }

    private Map<String, String> variables(Doing doing, Map<String, String> more, StepFiles files) {
        var all = new LinkedHashMap<String, String>();
        all.put("CI", "true");
        all.putAll(doing.env());
        all.putAll(desk.state().standing(doing.frame()));
        all.putAll(desk.state().order().services().variables());
        all.put("GITHUB_ACTION", doing.step().id());
        if (desk.state().debug()) {
            all.put("RUNNER_DEBUG", "1");
        }
        all.putAll(more);
        all.putAll(files.variables());
        all.putIfAbsent("HOME", desk.folders().home().toString());
        return all;
    }

    /** Packages of npm are kept from job to job, where all jobs run as one user. */
    private void packages(Map<String, String> variables) {
        if (desk.shell().standard().isEmpty()) {
            variables.putIfAbsent(
                    "npm_config_cache", desk.folders().cache().resolve("npm").toString());
            variables.putIfAbsent("npm_config_update_notifier", "false");
        }
    }

    private void path(Map<String, String> variables) throws InterruptedException {
        String path = variables.getOrDefault("PATH", desk.shell().path());
        for (String front : desk.state().path()) {
            path = front + ":" + path;
        }
        variables.put("PATH", path);
    }

    /** A broken file fails the step; what stands before the mistake counts. */
    private Outcome keep(Doing doing, StepFiles files, Outcome outcome) {
        doing.outputs().putAll(desk.output().takeOutputs());
        Map<String, String> kept = desk.state().stateOf(doing.path());
        kept.putAll(desk.output().takeKept());
        desk.output().takeEnv().forEach(this::export);
        desk.state().path().addAll(desk.output().takePaths());
        try {
            doing.outputs().putAll(files.outputs());
            files.env().forEach(this::export);
            desk.state().path().addAll(files.paths());
            kept.putAll(files.state());
            summary(doing, files);
            return desk.output().takeTrouble() && !outcome.failed()
                    ? Outcome.failure("A command could not be processed.")
                    : outcome;
        } catch (StepFiles.Broken e) {
            desk.error(e.sentence());
            desk.error(e.why());
            return Outcome.failure(e.why());
        }
    }

    private void export(String name, String value) {
        if (CommandFile.blocked(name)) {
            desk.error(
                    "Can't store %s output parameter using '$GITHUB_ENV' command.".formatted(name));
            return;
        }
        desk.state().env().put(name, value);
    }

    private void summary(Doing doing, StepFiles files) {
        long size = files.summarySize();
        if (size > Limits.SUMMARY_BYTES) {
            desk.error(
                    ("$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of %dk, got %dk. For more information see:"
                                    + " https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-markdown-summary")
                            .formatted(Limits.SUMMARY_BYTES >> 10, size >> 10));
        }
        doing.summary().append(files.summary());
    }
}
