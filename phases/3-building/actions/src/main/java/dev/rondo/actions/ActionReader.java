package dev.rondo.actions;

import dev.rondo.actions.Action.Hook;
import dev.rondo.actions.Action.Reading;
import dev.rondo.actions.Template.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the text of an {@code action.yml} to records, with every mistake in its place. */
final class ActionReader {
    private static final Set<String> NODES = Set.of("node12", "node16", "node20", "node24");
    private static final Set<String> HOOKS = Set.of("pre-if", "post-if");
    private static final Set<String> SCRIPT = Set.of("using", "main", "pre", "post");
    private static final Set<String> CONTAINER =
            Set.of(
                    "using",
                    "image",
                    "entrypoint",
                    "pre-entrypoint",
                    "post-entrypoint",
                    "args",
                    "env");
    private static final Set<String> STEPS = Set.of("using", "steps");

    private final String file;
    private final List<Mistake> mistakes = new ArrayList<>();

    ActionReader(String file) {
        this.file = file;
    }

    Reading read(String text) {
        Optional<Action> action = Optional.empty();
        try {
            Limits limits = Limits.GITHUB;
            var node = Yaml.read(text, limits.characters());
            if (node.isEmpty()) {
                mistakes.add(new Mistake(Position.START, "The action file is empty", "runs"));
            } else {
                var reader =
                        new TemplateReader(
                                Schema.action(), mistakes, limits, new Memory(limits.bytes()));
                Mapping root = reader.read(node.get(), "action-root").asMapping();
                action = mistakes.isEmpty() ? action(root) : action;
            }
        } catch (YamlFault e) {
            mistakes.add(e.mistake());
        }
        if (mistakes.isEmpty() && action.isPresent()) {
            return new Reading.Valid(action.get());
        }
        mistakes.sort(
                Comparator.comparingInt((Mistake m) -> m.at().line())
                        .thenComparingInt(m -> m.at().column()));
        return new Reading.Invalid(file, List.copyOf(mistakes));
    }

    private Optional<Action> action(Mapping root) {
        Map<String, Action.Input> inputs = new LinkedHashMap<>();
        for (Template.Entry entry : root.mapping("inputs").entries()) {
            Mapping body = entry.value().asMapping();
            inputs.put(
                    entry.name(),
                    new Action.Input(
                            text(body, "description"),
                            text(body, "required").equals("true"),
                            body.get("default"),
                            text(body, "deprecationMessage")));
        }
        Map<String, Action.Output> outputs = new LinkedHashMap<>();
        for (Template.Entry entry : root.mapping("outputs").entries()) {
            Mapping body = entry.value().asMapping();
            outputs.put(
                    entry.name(), new Action.Output(text(body, "description"), body.get("value")));
        }
        return runs(root.mapping("runs"))
                .map(runs ->
                        new Action(
                                text(root, "name"),
                                text(root, "description"),
                                inputs,
                                outputs,
                                runs));
    }

    private static String text(Mapping body, String key) {
        return body.get(key).map(Template::source).orElse("");
    }

    private Optional<Action.Runs> runs(Mapping body) {
        Template using = body.get("using").orElseThrow();
        String name = using.source().toLowerCase(Locale.ROOT);
        if (name.equals("composite")) {
            foreign(body, STEPS, "a composite action");
            return steps(body);
        }
        if (name.equals("docker")) {
            foreign(body, CONTAINER, "a Docker action");
            return docker(body);
        }
        if (NODES.contains(name)) {
            foreign(body, SCRIPT, "a JavaScript action");
            return script(body, Integer.parseInt(name.substring("node".length())));
        }
        mistakes.add(
                new Mistake(
                        using.at(),
                        "'using: " + using.source() + "' is not supported",
                        "composite, docker, node12, node16, node20, node24"));
        return Optional.empty();
    }

    private void foreign(Mapping body, Set<String> known, String what) {
        for (Template.Entry entry : body.entries()) {
            boolean hook = HOOKS.contains(entry.name()) && known != STEPS;
            if (!known.contains(entry.name()) && !hook) {
                mistakes.add(
                        new Mistake(
                                entry.key().at(),
                                "Unexpected value '%s': %s has no such key"
                                        .formatted(entry.name(), what),
                                "one of " + String.join(", ", known.stream().sorted().toList())));
            }
        }
    }

    private Optional<Action.Runs> steps(Mapping body) {
        if (body.get("steps").isEmpty()) {
            mistakes.add(
                    new Mistake(
                            body.at(),
                            "You are using a composite action but there are no steps provided in "
                                    + file,
                            "steps"));
        }
        return Optional.of(
                new Action.Composite(
                        new StepsReader(Schema.action(), mistakes).read(body.get("steps"))));
    }

    private Optional<Action.Runs> docker(Mapping body) {
        if (body.get("image").isEmpty()) {
            mistakes.add(
                    new Mistake(
                            body.at(),
                            "You are using a Container Action but an image is not provided in "
                                    + file,
                            "image"));
        }
        return Optional.of(
                new Action.Docker(
                        text(body, "image"),
                        body.get("entrypoint").map(Template::source),
                        body.get("args").orElse(new Template.Sequence(List.of(), body.at())),
                        body.mapping("env"),
                        hook(body, "pre-entrypoint", "pre-if"),
                        hook(body, "post-entrypoint", "post-if")));
    }

    private Optional<Action.Runs> script(Mapping body, int node) {
        if (body.get("main").isEmpty()) {
            mistakes.add(
                    new Mistake(
                            body.at(),
                            "You are using a JavaScript Action but there is not an entry JavaScript"
                                    + " file provided in "
                                    + file,
                            "main"));
        }
        return Optional.of(
                new Action.JavaScript(
                        node,
                        text(body, "main"),
                        hook(body, "pre", "pre-if"),
                        hook(body, "post", "post-if")));
    }

    /** A condition of a hook is taken as it stands: no {@code success()} is put before it. */
    private Optional<Hook> hook(Mapping body, String what, String when) {
        if (body.get(what).isEmpty()) {
            return Optional.empty();
        }
        List<String> allowed = TemplateReader.allowed(Schema.action(), "run-if");
        Vocabulary vocabulary = ScalarReader.vocabulary(allowed);
        Expression condition = Expression.parse("always()", vocabulary);
        Optional<Template> written = body.get(when);
        if (written.isPresent()) {
            try {
                condition = Expression.parse(written.get().source(), vocabulary);
            } catch (ExpressionFault e) {
                mistakes.add(
                        new Mistake(
                                written.get().at(), e.message(), ScalarReader.hint(e, allowed)));
            }
        }
        return Optional.of(new Hook(text(body, what), condition));
    }
}
