package dev.rondo.jobs;

import dev.rondo.actions.Defaults;
import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow.Step;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what one step says: a script, or an action. */
final class StepWork {
    private final JobDesk desk;
    private final Scripts scripts;
    private final ActionWork actions;

    StepWork(JobDesk desk) {
        this.desk = desk;
        this.scripts = new Scripts(desk);
        this.actions = new ActionWork(desk, scripts, this);
    }

    /** Why nothing can run any more, or empty. */
    String broken() {
        return scripts.broken();
    }

    List<ActionWork.Early> early(Step step, Frame frame) {
        return actions.early(step, frame);
    }

    boolean wanted(Step step, Frame frame) {
        return step.condition().value(desk.state().scope(frame)).truthy();
    }

    /** How a step ended, with what it leaves. */
    record Done(Outcome outcome, String conclusion, Map<String, String> outputs, String summary) {}

    /** Does a step whose condition holds, and writes down in its level how it ended. */
    Done run(Step step, Frame frame, Deadline whole, List<Doing.Later> later)
            throws InterruptedException {
        Outcome outcome;
        frame.turn(step.id());
        var doing = new Doing(step, frame, Map.of(), whole, later);
        try {
            doing =
                    new Doing(
                            step,
                            frame,
                            desk.state().stepEnv(frame, step.env()),
                            whole.within(minutes(step, frame)),
                            later);
            outcome = execute(doing);
        } catch (ExpressionFault e) {
            outcome = Outcome.failure(e.message());
            desk.error(e.message());
        }
        if (desk.state().cancelled() && outcome.failed()) {
            outcome = Outcome.CANCELLED;
        }
        String conclusion = conclusion(step, frame, outcome);
        frame.ended(step.id(), outcome.word(), conclusion, doing.outputs());
        return new Done(outcome, conclusion, doing.outputs(), doing.summary().toString());
    }

    private String conclusion(Step step, Frame frame, Outcome outcome) {
        if (!outcome.failed()) {
            return outcome.word();
        }
        try {
            boolean allowed =
                    step.continueOnError()
                            .map(t -> t.value(desk.state().scope(frame)).truthy())
                            .orElse(false);
            return allowed ? "success" : "failure";
        } catch (ExpressionFault e) {
            desk.error(e.message());
            return "failure";
        }
    }

    private double minutes(Step step, Frame frame) {
        return step.timeoutMinutes()
                .map(t -> t.value(desk.state().scope(frame)).number())
                .orElse(Double.NaN);
    }

    private Outcome execute(Doing doing) throws InterruptedException {
        Optional<Template> script = doing.step().run();
        if (script.isEmpty()) {
            return actions.run(doing);
        }
        String text = script.get().value(desk.state().scope(doing.frame(), doing.env())).text();
        return script(doing, text);
    }

    private Outcome script(Doing doing, String text) throws InterruptedException {
        String shell =
                setting(doing, doing.step().shell(), defaults(doing).flatMap(Defaults::shell));
        if (shell.isEmpty()) {
            shell = desk.shell().standard();
        }
        String chosen = shell;
        String place =
                setting(
                        doing,
                        doing.step().workingDirectory(),
                        defaults(doing).flatMap(Defaults::workingDirectory));
        desk.log().line("##[group]Run " + firstLine(desk.log().masked(text)));
        text.lines()
                .limit(1_000)
                .forEach(line -> desk.log().line("\u001b[36;1m" + line + "\u001b[0m"));
        String title = ShellScript.title(shell);
        desk.log()
                .line(
                        "shell: "
                                + (desk.shell().standard().isEmpty()
                                        ? title
                                        : title.replaceFirst("^/usr/bin/", "")));
        logEnv(doing.env());
        desk.log().line("##[endgroup]");
        Path folder = desk.folders().work().resolve(place).normalize();
        return scripts.run(
                doing,
                new Scripts.Call(
                        folder,
                        Map.of(),
                        around -> ShellScript.write(around, text, chosen),
                        false));
    }

    void logEnv(Map<String, String> env) {
        if (!env.isEmpty()) {
            desk.log().line("env:");
            env.forEach((name, value) -> desk.log().line("  " + name + ": " + value));
        }
    }

    /** Only the steps of the job have defaults, not those inside an action. */
    private Optional<Defaults> defaults(Doing doing) {
        return doing.frame().job()
                ? Optional.of(
                        desk.state()
                                .order()
                                .job()
                                .defaults()
                                .or(desk.state().order().workflow().defaults()))
                : Optional.empty();
    }

    private String setting(Doing doing, Optional<Template> own, Optional<Template> otherwise) {
        return own.or(() -> otherwise)
                .map(t -> t.value(desk.state().scope(doing.frame(), doing.env())).text())
                .orElse("");
    }

    /** What the list of steps shows. */
    String title(Step step, Frame frame) {
        try {
            Map<String, String> env = desk.state().stepEnv(frame, step.env());
            Optional<String> named =
                    step.key("name")
                            .map(name -> name.value(desk.state().scope(frame)).text())
                            .filter(name -> !name.isBlank());
            Optional<String> script =
                    step.run().map(run -> run.value(desk.state().scope(frame, env)).text());
            return desk.log()
                    .masked(
                            named.or(() ->
                                            script.map(text ->
                                                    "Run " + firstLine(desk.log().masked(text))))
                                    .orElseGet(step::title));
        } catch (ExpressionFault e) {
            return step.title();
        }
    }

    static String firstLine(String script) {
        String first = script.strip().lines().findFirst().orElse("").stripTrailing();
        return first.length() > 120 ? first.substring(0, 119) + "…" : first;
    }

    /** {@code with} as texts. */
    static Map<String, String> texts(Value value) {
        var texts = new LinkedHashMap<String, String>();
        if (value instanceof Value.Obj entries) {
            entries.entries().forEach((name, text) -> texts.put(name, text.text()));
        }
        return texts;
    }
}
