package dev.rondo.actions;

import dev.rondo.actions.Template.Mapping;
import dev.rondo.actions.Workflow.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        var bodies = new ArrayList<Mapping>();
        for (Template item : written.map(Template::items).orElse(List.of())) {
            if (item instanceof Mapping body) {
                bodies.add(body);
                body.get("id").ifPresent(id -> known(ids, id));
            }
        }
        var steps = new ArrayList<Step>();
        for (Mapping body : bodies) {
            String id = body.get("id").map(Template::source).orElseGet(() -> ids.made(body));
            body.get("uses").ifPresent(this::checkUses);
            steps.add(new Step(id, body.at(), condition(body, "step-if"), body));
        }
        return List.copyOf(steps);
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
