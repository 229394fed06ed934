package dev.rondo.building;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow.Step;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs the steps of one job in order and keeps what they leave behind. */
final class StepRunner {
    private static final Duration AFTER_TIME = Duration.ofMinutes(5);

    private final Workshop shop;
    private final JobState state;
    private final JobShell shell;
    private final JobLog log;
    private final StepOutput output;
    private String broken = "";

    StepRunner(Workshop shop, JobState state, JobShell shell, JobLog log, StepOutput output) {
        this.shop = shop;
        this.state = state;
        this.shell = shell;
        this.log = log;
        this.output = output;
    }

    /** How one step ended: outcome, and one sentence where it did not go well. */
    private record Outcome(String word, String message) {
        static final Outcome SUCCESS = new Outcome("success", "");

        static Outcome failure(String message) {
            return new Outcome("failure", message);
        }
    }

    /** Runs all; gives the sentence of the step that failed the job, or nothing. */
    String all(Duration time) throws InterruptedException {
        state.addEnv(state.task().workflow().env());
        state.addEnv(state.task().job().env());
        long end = System.nanoTime() + time.toNanos();
        String message = "";
        int place = 1;
        for (Step step : state.task().job().steps()) {
            boolean late = System.nanoTime() >= end;
            if (late && message.isEmpty()) {
                message =
                        "The job has exceeded the maximum execution time of "
                                + time.toMinutes()
                                + " minutes";
                log.error(message);
                state.fail();
            }
            Duration left =
                    late ? AFTER_TIME : Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            String problem = one(step, place++, left);
            message = message.isEmpty() ? problem : message;
        }
        return broken.isEmpty() ? message : broken;
    }

    private String one(Step step, int place, Duration left) throws InterruptedException {
        long firstLine = log.step(place);
        String title = title(step);
        RunStep row = row(step, place, title, firstLine);
        var outputs = new LinkedHashMap<String, String>();
        Outcome outcome;
        boolean runs;
        var files = new StepFiles(state.folders(), place);
        try {
            runs = broken.isEmpty() && step.condition().value(state.scope(state.env())).truthy();
            if (!runs) {
                save(row, new Outcome("skipped", ""), "skipped", "");
                state.stepEnded(step.id(), "skipped", "skipped", Map.of());
                return "";
            }
            shop.spine().store().update(tx -> StepRows.began(tx.sql(), run().id(), row));
            shop.changed(run());
            output.reset();
            outcome = execute(step, place, title, limit(step, left), files, outputs);
            outcome = keep(files, outputs, outcome);
        } catch (ExpressionFault e) {
            outcome = Outcome.failure(e.message());
            log.error(e.message());
        }
        if (state.cancelled() && outcome.word().equals("failure")) {
            outcome = new Outcome("cancelled", "");
        }
        return conclude(step, row, outcome, files, outputs);
    }

    private String conclude(
            Step step, RunStep row, Outcome outcome, StepFiles files, Map<String, String> outputs) {
        boolean allowed = false;
        String summary = "";
        try {
            allowed =
                    step.key("continue-on-error")
                            .map(t -> t.value(state.scope(state.env())).truthy())
                            .orElse(false);
            summary = files.summary();
        } catch (ExpressionFault e) {
            log.error(e.message());
        }
        String conclusion =
                allowed && outcome.word().equals("failure") ? "success" : outcome.word();
        state.stepEnded(step.id(), outcome.word(), conclusion, outputs);
        save(row, outcome, conclusion, log.masked(summary));
        if (conclusion.equals("failure")) {
            state.fail();
            return row.title() + ": " + outcome.message();
        }
        return "";
    }

    private Run run() {
        return state.task().run();
    }

    private RunStep row(Step step, int place, String title, long firstLine) {
        return new RunStep(
                state.task().row().id(),
                place,
                step.id(),
                title,
                "",
                "",
                "",
                firstLine,
                "",
                Micros.now(),
                0);
    }

    private void save(RunStep row, Outcome outcome, String conclusion, String summary) {
        var ended =
                new RunStep(
                        row.job(),
                        row.place(),
                        row.id(),
                        row.title(),
                        outcome.word(),
                        conclusion,
                        log.masked(outcome.message()),
                        row.firstLine(),
                        summary,
                        row.startedAt(),
                        Micros.now());
        shop.spine()
                .store()
                .update(tx -> {
                    StepRows.began(tx.sql(), run().id(), row);
                    StepRows.ended(tx.sql(), run().id(), ended);
                });
        shop.changed(run());
    }

    private String title(Step step) {
        try {
            Optional<String> named =
                    step.key("name")
                            .map(name -> name.value(state.scope(state.env())).text())
                            .filter(name -> !name.isBlank());
            Optional<String> script =
                    step.run().map(run -> run.value(state.scope(state.stepEnv(step.env()))).text());
            return log.masked(
                    named.or(() -> script.map(StepRunner::firstLine)).orElseGet(step::title));
        } catch (ExpressionFault e) {
            return step.title();
        }
    }

    private static String firstLine(String script) {
        String first = script.strip().lines().findFirst().orElse("").stripTrailing();
        return "Run " + (first.length() > 120 ? first.substring(0, 119) + "…" : first);
    }

    private Duration limit(Step step, Duration left) {
        double minutes =
                step.key("timeout-minutes")
                        .map(t -> t.value(state.scope(state.env())).number())
                        .orElse(Double.NaN);
        return Double.isNaN(minutes) || minutes <= 0 || minutes * 60_000 > left.toMillis()
                ? left
                : Duration.ofMillis((long) (minutes * 60_000));
    }

    private Outcome execute(
            Step step,
            int place,
            String title,
            Duration limit,
            StepFiles files,
            Map<String, String> outputs)
            throws InterruptedException {
        log.line("##[group]" + title);
        Map<String, String> env = state.stepEnv(step.env());
        if (step.run().isPresent()) {
            String text = step.run().get().value(state.scope(env)).text();
            text.lines().limit(100).forEach(line -> log.line("\u001b[36;1m" + line + "\u001b[0m"));
            log.line("##[endgroup]");
            return script(step, place, text, env, limit, files);
        }
        String uses = step.uses().orElse("");
        Value with = step.with().value(state.scope(env));
        if (with instanceof Value.Obj inputs) {
            inputs.entries().forEach((name, value) -> log.line("  " + name + ": " + value.text()));
        }
        log.line("##[endgroup]");
        return action(step, place, uses, with, files, outputs, env, limit);
    }

    private Outcome action(
            Step step,
            int place,
            String uses,
            Value with,
            StepFiles files,
            Map<String, String> outputs,
            Map<String, String> env,
            Duration limit)
            throws InterruptedException {
        String name = uses.replaceFirst("@.*$", "").toLowerCase(Locale.ROOT);
        Optional<String> tool = Tools.script(name, with);
        if (tool.isPresent()) {
            return script(step, place, tool.get(), env, limit, files);
        }
        NativeAction action;
        switch (name) {
            case "actions/checkout" -> action = new Checkout(shop.spine());
            case "actions/upload-artifact" -> action = new UploadArtifact(shop);
            default -> {
                String sentence =
                        "Rondo does not run the action '"
                                + uses
                                + "' yet. It knows actions/checkout, actions/upload-artifact,"
                                + " actions/setup-node, -java, -python and -go";
                log.error(sentence);
                return Outcome.failure(sentence);
            }
        }
        try {
            action.run(
                    new NativeAction.Setting(state, log, new NativeAction.Inputs(with), outputs));
            return Outcome.SUCCESS;
        } catch (NativeAction.Failed e) {
            log.error(e.sentence());
            return Outcome.failure(e.sentence());
        } catch (IOException | UncheckedIOException e) {
            log.error(uses + ": " + e.getMessage());
            return Outcome.failure(uses + ": " + e.getMessage());
        }
    }

    private Outcome script(
            Step step,
            int place,
            String text,
            Map<String, String> env,
            Duration limit,
            StepFiles files)
            throws InterruptedException {
        String shellName = setting(step, "shell", env);
        Path folder =
                state.folders().work().resolve(setting(step, "working-directory", env)).normalize();
        ShellScript script =
                ShellScript.write(
                        state.folders().steps(),
                        place,
                        text,
                        shellName,
                        folder,
                        variables(step, env, files));
        JobShell.End end = shell.run(Ids.next(), script.file(), limit);
        script.forget();
        return switch (end) {
            case JobShell.End.Exited exited when exited.code() == 0 -> Outcome.SUCCESS;
            case JobShell.End.Exited exited -> {
                String sentence = "Process completed with exit code " + exited.code() + ".";
                log.error(sentence);
                yield Outcome.failure(sentence);
            }
            case JobShell.End.TimedOut timedOut -> {
                String sentence =
                        "The action '%s' has timed out after %s."
                                .formatted(step.title(), minutes(limit));
                log.error(sentence);
                yield Outcome.failure(sentence);
            }
            case JobShell.End.Broken gone -> {
                broken = state.cancelled() ? "" : gone.why();
                log.error(gone.why());
                yield Outcome.failure(gone.why());
            }
        };
    }

    private static String minutes(Duration time) {
        return time.toSeconds() < 120
                ? Math.max(1, time.toSeconds()) + " seconds"
                : time.toMinutes() + " minutes";
    }

    /** From the step, else from the job's defaults, else from the workflow's. */
    private String setting(Step step, String key, Map<String, String> env) {
        Optional<Template> written =
                step.key(key)
                        .or(() ->
                                state.task()
                                        .job()
                                        .keys()
                                        .mapping("defaults")
                                        .mapping("run")
                                        .get(key))
                        .or(() ->
                                state.task()
                                        .workflow()
                                        .keys()
                                        .mapping("defaults")
                                        .mapping("run")
                                        .get(key));
        return written.map(t -> t.value(state.scope(env)).text()).orElse("");
    }

    private Map<String, String> variables(Step step, Map<String, String> env, StepFiles files)
            throws InterruptedException {
        var all = new LinkedHashMap<String, String>();
        all.put("npm_config_cache", state.folders().cache().resolve("npm").toString());
        all.put("npm_config_update_notifier", "false");
        all.putAll(GithubContext.variables(state.github()));
        all.put("GITHUB_ACTION", step.id());
        all.put("RUNNER_TEMP", state.folders().temp().toString());
        all.put("RUNNER_TOOL_CACHE", state.folders().cache().toString());
        all.put("RUNNER_WORKSPACE", state.folders().work().toString());
        if (state.debug()) {
            all.put("RUNNER_DEBUG", "1");
        }
        all.putAll(env);
        all.putAll(files.variables());
        all.putIfAbsent("HOME", state.folders().home().toString());
        String path = all.getOrDefault("PATH", shell.path());
        for (String front : state.path()) {
            path = front + ":" + path;
        }
        all.put("PATH", path);
        return all;
    }

    /** Takes over what the step wrote into its files; a broken file fails the step. */
    private Outcome keep(StepFiles files, Map<String, String> outputs, Outcome outcome) {
        try {
            outputs.putAll(output.takeOutputs());
            outputs.putAll(files.outputs());
            state.env().putAll(files.env());
            List<String> paths = files.paths();
            state.path().addAll(paths);
            return outcome;
        } catch (ExpressionFault e) {
            log.error("Unable to process file command successfully.");
            log.error(e.message());
            return Outcome.failure(e.message());
        }
    }
}
