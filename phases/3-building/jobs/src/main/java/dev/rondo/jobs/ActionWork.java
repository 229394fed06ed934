package dev.rondo.jobs;

import dev.rondo.actions.Action;
import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Does a step that uses an action. */
final class ActionWork {
    private final JobDesk desk;
    private final Scripts scripts;
    private final StepWork steps;
    private final NodeScripts node;
    private final ContainerActions containers;

    ActionWork(JobDesk desk, Scripts scripts, StepWork steps) {
        this.desk = desk;
        this.scripts = scripts;
        this.steps = steps;
        this.node = new NodeScripts(desk, scripts);
        this.containers = new ContainerActions(desk, scripts);
    }

    Outcome run(Doing doing) throws InterruptedException {
        String uses = doing.step().uses().orElse("");
        Map<String, String> with =
                StepWork.texts(
                        doing.step().with().value(desk.state().scope(doing.frame(), doing.env())));
        try {
            return switch (desk.actions().load(uses)) {
                case Loaded.Known known -> {
                    head(uses, with, doing);
                    yield natively(doing, known.action(), with);
                }
                case Loaded.Files files -> {
                    Map<String, String> inputs = inputs(files.action(), with, doing);
                    head(uses, inputs, doing);
                    warn(files.action(), with);
                    yield run(doing, files, inputs);
                }
                case Loaded.Image image -> {
                    head(uses, with, doing);
                    yield containers.image(doing, image.name(), with);
                }
            };
        } catch (ActionLoader.Unusable e) {
            desk.error(e.sentence());
            return Outcome.failure(e.sentence());
        }
    }

    private Outcome run(Doing doing, Loaded.Files files, Map<String, String> inputs)
            throws InterruptedException {
        return switch (files.action().runs()) {
            case Action.JavaScript script -> node.main(doing, files, script, inputs);
            case Action.Composite composite -> composite(doing, files, composite, inputs);
            case Action.Docker docker -> containers.main(doing, files, docker, inputs);
        };
    }

    private void head(String uses, Map<String, String> inputs, Doing doing) {
        desk.log().line("##[group]Run " + uses);
        if (!inputs.isEmpty()) {
            desk.log().line("with:");
            inputs.forEach((name, value) -> {
                if (!value.isEmpty()) {
                    desk.log().line("  " + name + ": " + value);
                }
            });
        }
        steps.logEnv(doing.env());
        desk.log().line("##[endgroup]");
    }

    /** What is given, and for what is not, the action's defaults. */
    private Map<String, String> inputs(Action action, Map<String, String> with, Doing doing) {
        var inputs = new LinkedHashMap<String, String>();
        var scope = desk.state().scope(doing.frame(), doing.env());
        action.inputs().forEach((name, input) -> inputs.put(name, input.fallback(scope)));
        with.forEach((name, value) -> {
            inputs.keySet().removeIf(known -> known.equalsIgnoreCase(name));
            inputs.put(declared(action, name).orElse(name), value);
        });
        return inputs;
    }

    private static Optional<String> declared(Action action, String name) {
        return action.inputs().keySet().stream().filter(name::equalsIgnoreCase).findFirst();
    }

    private void warn(Action action, Map<String, String> with) {
        List<String> unknown =
                with.keySet().stream()
                        .filter(name -> declared(action, name).isEmpty())
                        .filter(name ->
                                !(action.runs() instanceof Action.Docker
                                        && List.of("entrypoint", "args")
                                                .contains(name.toLowerCase(Locale.ROOT))))
                        .toList();
        if (!unknown.isEmpty()) {
            desk.log()
                    .warning(
                            "Unexpected input(s) %s, valid inputs are [%s]"
                                    .formatted(quoted(unknown), quoted(action.inputs().keySet())));
        }
        action.inputs()
                .forEach((name, input) -> {
                    boolean given = with.keySet().stream().anyMatch(name::equalsIgnoreCase);
                    if (given && !input.deprecation().isEmpty()) {
                        desk.log()
                                .warning(
                                        "Input '%s' has been deprecated with message: %s"
                                                .formatted(name, input.deprecation()));
                    }
                });
    }

    private static String quoted(java.util.Collection<String> names) {
        return String.join(", ", names.stream().map(name -> "'" + name + "'").toList());
    }

    /** A part of an action that is done before the first step. */
    record Early(String title, Action.Hook hook, Frame frame, Work work) {}

    /** What is to be done. */
    interface Work {
        Outcome run(Deadline deadline) throws InterruptedException;
    }

    /** The pre parts of a step's action and of those inside; local actions have none. */
    List<Early> early(Step step, Frame frame) {
        var found = new ArrayList<Early>();
        try {
            if (step.uses().isPresent() && !step.uses().get().startsWith(".")) {
                early(step, frame, found);
            }
        } catch (ActionLoader.Unusable | ExpressionFault e) {
            // the step itself says it when its turn comes
        }
        return found;
    }

    private void early(Step step, Frame frame, List<Early> found) throws ActionLoader.Unusable {
        if (!(desk.actions().load(step.uses().orElse("")) instanceof Loaded.Files files)) {
            return;
        }
        Map<String, String> env = desk.state().stepEnv(frame, step.env());
        Map<String, String> with =
                StepWork.texts(step.with().value(desk.state().scope(frame, env)));
        var doing = new Doing(step, frame, env, Deadline.in(Limits.JOB_TIME), new ArrayList<>());
        Map<String, String> inputs = inputs(files.action(), with, doing);
        if (files.action().runs() instanceof Action.JavaScript script && script.pre().isPresent()) {
            found.add(
                    new Early(
                            steps.title(step, frame),
                            script.pre().get(),
                            frame,
                            deadline ->
                                    node.pre(
                                            new Doing(step, frame, env, deadline, doing.later()),
                                            files,
                                            script,
                                            inputs)));
        }
        if (files.action().runs() instanceof Action.Docker docker && docker.pre().isPresent()) {
            found.add(
                    new Early(
                            steps.title(step, frame),
                            docker.pre().get(),
                            frame,
                            deadline ->
                                    containers.pre(
                                            new Doing(step, frame, env, deadline, doing.later()),
                                            files,
                                            docker,
                                            inputs)));
        }
        if (files.action().runs() instanceof Action.Composite composite) {
            Frame inside =
                    frame.inside(step.id(), files.source(), Value.texts(inputs), beyond(doing));
            for (Step one : composite.steps()) {
                found.addAll(early(one, inside));
            }
        }
    }

    /** The steps inside; their states count for themselves, not for the job. */
    private Outcome composite(
            Doing doing, Loaded.Files files, Action.Composite composite, Map<String, String> inputs)
            throws InterruptedException {
        if (doing.frame().depth() >= Limits.COMPOSITE_DEPTH) {
            desk.error(ActionLoader.tooDeep());
            return Outcome.failure(ActionLoader.tooDeep());
        }
        Frame inside =
                doing.frame()
                        .inside(
                                doing.step().id(),
                                files.source(),
                                Value.texts(inputs),
                                beyond(doing));
        String message = "";
        for (Step step : composite.steps()) {
            if (!scripts.broken().isEmpty() || !wanted(step, inside)) {
                inside.ended(step.id(), "skipped", "skipped", Map.of());
                continue;
            }
            StepWork.Done done = steps.run(step, inside, doing.deadline(), doing.later());
            doing.summary().append(done.summary());
            if (!done.conclusion().equals("success")) {
                inside.fail();
                message = message.isEmpty() ? done.outcome().message() : message;
            }
        }
        outputs(doing, files.action(), inside);
        return inside.failed() ? Outcome.failure(message) : Outcome.SUCCESS;
    }

    private boolean wanted(Step step, Frame inside) {
        try {
            return steps.wanted(step, inside);
        } catch (ExpressionFault e) {
            desk.error(e.message());
            inside.fail();
            return false;
        }
    }

    /** The variables that the step has beside those of the job. */
    private Map<String, String> beyond(Doing doing) {
        var own = new LinkedHashMap<>(doing.frame().env());
        doing.env()
                .forEach((name, value) -> {
                    if (!value.equals(desk.state().env().get(name))) {
                        own.put(name, value);
                    }
                });
        return own;
    }

    private void outputs(Doing doing, Action action, Frame inside) {
        action.outputs()
                .forEach((name, output) ->
                        output.value()
                                .ifPresent(value ->
                                        doing.outputs()
                                                .put(
                                                        name,
                                                        value.value(desk.state().scope(inside))
                                                                .text())));
    }

    private Outcome natively(Doing doing, NativeAction action, Map<String, String> with)
            throws InterruptedException {
        var given =
                new ActionSetting.Given(
                        ActionSetting.Given.lowerCase(with),
                        doing.env(),
                        doing.outputs(),
                        desk.state().stateOf(doing.path()));
        if (action.hasPost()) {
            doing.later().add(new NativeLater(doing, action, given));
        }
        return natively(doing, given, action::run, "");
    }

    /** A part of a native action. */
    private interface Part {
        void run(ActionSetting setting)
                throws NativeAction.Failed, IOException, InterruptedException;
    }

    private Outcome natively(Doing doing, ActionSetting.Given given, Part part, String name)
            throws InterruptedException {
        var setting =
                new ActionSetting(
                        desk.state(),
                        desk.log(),
                        desk.masks(),
                        given,
                        text ->
                                scripts.run(
                                        doing,
                                        new Scripts.Call(
                                                desk.folders().work(),
                                                Map.of(),
                                                around -> ShellScript.write(around, text, "bash"),
                                                true)));
        try {
            part.run(setting);
            return Outcome.SUCCESS;
        } catch (NativeAction.Failed e) {
            if (!e.logged()) {
                desk.error(e.sentence());
            }
            return Outcome.failure(e.sentence());
        } catch (IOException | UncheckedIOException e) {
            String sentence =
                    doing.step().uses().orElse("").toLowerCase(Locale.ROOT)
                            + name
                            + ": "
                            + e.getMessage();
            desk.error(sentence);
            return Outcome.failure(sentence);
        }
    }

    /** The post part of a native action. */
    private final class NativeLater implements Doing.Later {
        private final Doing doing;
        private final NativeAction action;
        private final ActionSetting.Given given;

        NativeLater(Doing doing, NativeAction action, ActionSetting.Given given) {
            this.doing = doing;
            this.action = action;
            this.given = given;
        }

        @Override
        public boolean due() {
            return action.postsAlways() || desk.state().status().equals("success");
        }

        @Override
        public Outcome run(Deadline deadline) throws InterruptedException {
            return natively(doing, given, action::post, " (post)");
        }
    }
}
