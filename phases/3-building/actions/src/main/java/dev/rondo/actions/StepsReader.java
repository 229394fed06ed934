package dev.rondo.actions;

import dev.rondo.actions.Template.Mapping;
import dev.rondo.actions.Workflow.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The steps of a job or of a composite action: identifiers, conditions, what they use. */
final class StepsReader {
    private final Schema schema;
    private final List<Mistake> mistakes;

    StepsReader(Schema schema, List<Mistake> mistakes) {
        this.schema = schema;
        this.mistakes = mistakes;
    }

    List<Step> read(Optional<Template> written) {
        var ids = new StepIds();
        List<Mapping> bodies = bodies(written);
        for (Mapping body : bodies) {
            body.get("id").ifPresent(id -> known(ids, id));
            bodies(body.get("parallel"))
                    .forEach(one -> one.get("id").ifPresent(id -> known(ids, id)));
        }
        var steps = new ArrayList<Step>();
        var background = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Mapping body : bodies) {
            if (body.get("parallel").isPresent()) {
                steps.addAll(parallel(ids, body));
                continue;
            }
            Step step = step(ids, body);
            body.get("wait").ifPresent(wait -> wait.items().forEach(id -> begun(id, background)));
            body.get("cancel").ifPresent(id -> begun(id, background));
            if (step.background()) {
                background.add(step.id());
            }
            steps.add(step);
        }
        return List.copyOf(steps);
    }

    private static List<Mapping> bodies(Optional<Template> written) {
        var bodies = new ArrayList<Mapping>();
        for (Template item : written.map(Template::items).orElse(List.of())) {
            if (item instanceof Mapping body) {
                bodies.add(body);
            }
        }
        return bodies;
    }

    private Step step(StepIds ids, Mapping body) {
        String id = body.get("id").map(Template::source).orElseGet(() -> ids.made(body));
        body.get("uses").ifPresent(this::checkUses);
        return new Step(id, body.at(), condition(body, "step-if"), body);
    }

    /** Each in the background, and one that waits for all of them. */
    private List<Step> parallel(StepIds ids, Mapping group) {
        var steps = new ArrayList<Step>();
        var names = new ArrayList<Template>();
        for (Mapping body : bodies(group.get("parallel"))) {
            if (body.get("run").isEmpty() && body.get("uses").isEmpty()) {
                mistakes.add(
                        new Mistake(
                                body.at(),
                                "A step within 'parallel' has to run something",
                                "run or uses"));
                continue;
            }
            var entries = new ArrayList<Template.Entry>();
            body.entries().stream()
                    .filter(entry -> !entry.name().equals("background"))
                    .forEach(entries::add);
            entries.add(entry("background", Value.TRUE, body.at()));
            Step step = step(ids, new Mapping(entries, body.at()));
            names.add(new Template.Literal(Value.of(step.id()), body.at()));
            steps.add(step);
        }
        var wait =
                new Mapping(
                        List.of(
                                new Template.Entry(
                                        new Template.Literal(Value.of("wait"), group.at()),
                                        new Template.Sequence(names, group.at()))),
                        group.at());
        steps.add(step(ids, wait));
        return steps;
    }

    private static Template.Entry entry(String key, Value value, Position at) {
        return new Template.Entry(
                new Template.Literal(Value.of(key), at), new Template.Literal(value, at));
    }

    /** Only what began before can be waited for, or cancelled. */
    private void begun(Template id, Set<String> background) {
        if (!background.contains(id.source())) {
            mistakes.add(
                    new Mistake(
                            id.at(),
                            "No step in the background before this one has the id '%s'"
                                    .formatted(id.source()),
                            background.isEmpty()
                                    ? "the id of a step with 'background: true'"
                                    : "one of " + String.join(", ", background)));
        }
    }

    private void known(StepIds ids, Template id) {
        ids.add(id.source()).ifPresent(problem -> mistakes.add(new Mistake(id.at(), problem)));
    }

    private void checkUses(Template uses) {
        String text = uses.source();
        if (text.startsWith("./") || text.startsWith("docker://") || text.isEmpty()) {
            return;
        }
        String[] parts = text.split("@", -1);
        String[] path = parts[0].split("[/\\\\]", -1);
        if (parts.length != 2 || parts[1].isEmpty() || path.length < 2 || path[0].isEmpty()) {
            mistakes.add(
                    new Mistake(
                            uses.at(),
                            "Expected format {org}/{repo}[/path]@ref. Actual '" + text + "'",
                            "owner/name@ref, ./path or docker://image"));
        }
    }

    /** The key {@code if} as a condition; {@code success()} where there is none or a wrong one. */
    Expression condition(Mapping body, String type) {
        List<String> allowed = TemplateReader.allowed(schema, type);
        Vocabulary vocabulary = ScalarReader.vocabulary(allowed);
        Optional<Template> written = body.get("if");
        boolean alreadyWrong =
                written.filter(Template.Literal.class::isInstance)
                        .filter(literal -> literal.source().contains("${{"))
                        .isPresent();
        if (written.isPresent() && !alreadyWrong) {
            String text =
                    written.get() instanceof Template.Dynamic dynamic
                            ? dynamic.expression().text()
                            : written.get().source().strip();
            try {
                return Expression.condition(text, vocabulary);
            } catch (ExpressionFault e) {
                mistakes.add(
                        new Mistake(
                                written.get().at(), e.message(), ScalarReader.hint(e, allowed)));
            }
        }
        return Expression.parse("success()", vocabulary);
    }
}
