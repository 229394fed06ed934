package dev.rondo.jobs;

import dev.rondo.actions.Action;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs actions that are containers. */
final class ContainerActions {
    private final JobDesk desk;
    private final Scripts scripts;

    ContainerActions(JobDesk desk, Scripts scripts) {
        this.desk = desk;
        this.scripts = scripts;
    }

    /** An action that a step uses, with its inputs. */
    private record Used(Loaded.Files files, Action.Docker docker, Map<String, String> inputs) {}

    /** {@code uses: docker://image}. */
    Outcome image(Doing doing, String name, Map<String, String> with) throws InterruptedException {
        return scripts.contain(
                doing,
                inputs(with),
                env ->
                        new ContainerStep(
                                desk.actions().images().now(new ContainerStep.Source.Image(name)),
                                given(with, "entrypoint"),
                                words(with),
                                env));
    }

    Outcome pre(Doing doing, Loaded.Files files, Action.Docker docker, Map<String, String> inputs)
            throws InterruptedException {
        return run(doing, new Used(files, docker, inputs), docker.pre().map(hook -> hook.what()));
    }

    Outcome main(Doing doing, Loaded.Files files, Action.Docker docker, Map<String, String> inputs)
            throws InterruptedException {
        var used = new Used(files, docker, inputs);
        docker.post().ifPresent(hook -> doing.later().add(new Post(doing, used, hook)));
        return run(doing, used, docker.entrypoint().or(() -> given(inputs, "entrypoint")));
    }

    private Outcome run(Doing doing, Used used, Optional<String> entrypoint)
            throws InterruptedException {
        Map<String, String> more = inputs(used.inputs());
        desk.state()
                .stateOf(doing.path())
                .forEach((name, value) -> more.put("STATE_" + name, value));
        more.put("GITHUB_ACTION_REPOSITORY", used.files().source().repository());
        more.put("GITHUB_ACTION_REF", used.files().source().ref());
        Frame inside =
                doing.frame()
                        .inside(
                                doing.step().id(),
                                used.files().source(),
                                Value.texts(used.inputs()),
                                Map.of());
        var scope = desk.state().scope(inside, doing.env());
        if (used.docker().env().value(scope) instanceof Value.Obj own) {
            own.entries()
                    .forEach((name, value) -> {
                        if (!doing.env().containsKey(name)) {
                            more.put(name, value.text());
                        }
                    });
        }
        List<String> args =
                written(used.docker().args()) ? used.docker().args(scope) : words(used.inputs());
        return scripts.contain(
                doing,
                more,
                env ->
                        new ContainerStep(
                                desk.actions().images().now(source(used.files(), used.docker())),
                                entrypoint,
                                args,
                                env));
    }

    private static boolean written(Template args) {
        return !args.items().isEmpty();
    }

    /** Where the image of an action comes from. */
    static ContainerStep.Source source(Loaded.Files files, Action.Docker docker) {
        String image = docker.image();
        if (image.startsWith("docker://")) {
            return new ContainerStep.Source.Image(image.substring("docker://".length()));
        }
        Path file = files.folder().resolve(image).normalize();
        Path folder = file.getParent();
        return new ContainerStep.Source.Built(
                folder == null ? files.folder() : folder, String.valueOf(file.getFileName()));
    }

    private static Map<String, String> inputs(Map<String, String> with) {
        var variables = new LinkedHashMap<String, String>();
        with.forEach((name, value) -> variables.put(NodeScripts.variable(name), value));
        return variables;
    }

    private static Optional<String> given(Map<String, String> with, String name) {
        return with.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static List<String> words(Map<String, String> with) {
        return given(with, "args").map(CommandWords::split).orElse(List.of());
    }

    /** The post part, in the level in which its step stands. */
    private final class Post implements Doing.Later {
        private final Doing doing;
        private final Used used;
        private final Action.Hook hook;

        Post(Doing doing, Used used, Action.Hook hook) {
            this.doing = doing;
            this.used = used;
            this.hook = hook;
        }

        @Override
        public boolean due() {
            return hook.when().value(desk.state().scope(desk.state().frame())).truthy();
        }

        @Override
        public Outcome run(Deadline deadline) throws InterruptedException {
            var again =
                    new Doing(doing.step(), doing.frame(), doing.env(), deadline, doing.later());
            return ContainerActions.this.run(again, used, Optional.of(hook.what()));
        }
    }
}
