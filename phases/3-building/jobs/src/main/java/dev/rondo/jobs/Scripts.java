package dev.rondo.jobs;

import dev.rondo.actions.ExpressionFault;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs scripts and programs in the job's shell, and takes over what they leave in their files. */
final class Scripts {
    private final JobDesk desk;
    private int count;
    private String broken = "";

    Scripts(JobDesk desk) {
        this.desk = desk;
    }

    /** Why nothing can run any more, or empty. */
    String broken() {
        return broken;
    }

    /** What is run: in which folder, with which variables beside those of the step. */
    record Call(
            Path folder,
            Map<String, String> more,
            Function<ShellScript.Around, ShellScript> script) {}

    Outcome run(Doing doing, Call call) throws InterruptedException {
        int place = ++count;
        var files = new StepFiles(desk.folders(), place);
        ShellScript script =
                call.script()
                        .apply(
                                new ShellScript.Around(
                                        desk.folders().steps(),
                                        place,
                                        call.folder(),
                                        variables(doing, call.more(), files)));
        desk.output().reset();
        Shell.End end = desk.shell().run(script.file(), doing.deadline().left());
        script.forget();
        return keep(doing, files, outcome(doing, end));
    }

    private Outcome outcome(Doing doing, Shell.End end) {
        return switch (end) {
            case Shell.End.Exited exited when exited.code() == 0 -> Outcome.SUCCESS;
            case Shell.End.Exited exited ->
                    failure("Process completed with exit code " + exited.code() + ".");
            case Shell.End.TimedOut timedOut ->
                    failure(
                            "The action '%s' has timed out after %s minutes."
                                    .formatted(doing.step().title(), doing.deadline().minutes()));
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

    private Map<String, String> variables(Doing doing, Map<String, String> more, StepFiles files)
            throws InterruptedException {
        var all = new LinkedHashMap<String, String>();
        all.put("npm_config_cache", desk.folders().cache().resolve("npm").toString());
        all.put("npm_config_update_notifier", "false");
        all.put("CI", "true");
        all.putAll(doing.env());
        all.putAll(DefaultVariables.of(desk.state().github(doing.frame()), desk.folders()));
        all.put("GITHUB_ACTION", doing.step().id());
        if (desk.state().debug()) {
            all.put("RUNNER_DEBUG", "1");
        }
        all.putAll(more);
        all.putAll(files.variables());
        all.putIfAbsent("HOME", desk.folders().home().toString());
        String path = all.getOrDefault("PATH", desk.shell().path());
        for (String front : desk.state().path()) {
            path = front + ":" + path;
        }
        all.put("PATH", path);
        return all;
    }

    /** A broken file fails the step; what stands before the mistake counts. */
    private Outcome keep(Doing doing, StepFiles files, Outcome outcome) {
        doing.outputs().putAll(desk.output().takeOutputs());
        Map<String, String> kept = desk.state().stateOf(doing.path());
        kept.putAll(desk.output().takeKept());
        try {
            doing.outputs().putAll(files.outputs());
            desk.state().env().putAll(files.env());
            List<String> paths = files.paths();
            desk.state().path().addAll(paths);
            kept.putAll(files.state());
            doing.summary().append(files.summary());
            return outcome;
        } catch (ExpressionFault e) {
            desk.error("Unable to process file command successfully.");
            desk.error(e.message());
            return Outcome.failure(e.message());
        }
    }
}
