package dev.rondo.actions;

import dev.rondo.actions.Template.Entry;
import dev.rondo.actions.Template.Literal;
import dev.rondo.actions.Template.Mapping;
import dev.rondo.actions.Workflow.Job;
import dev.rondo.actions.Workflow.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** From text to typed records: YAML, schema, then what no schema can say. */
final class WorkflowReader {
    private static final int MAX_MISTAKES = 50;

    private final String file;
    private final List<Mistake> mistakes = new ArrayList<>();

    WorkflowReader(String file) {
        this.file = file;
    }

    WorkflowReading read(String text) {
        Mapping root = Mapping.EMPTY;
        Optional<Workflow> workflow = Optional.empty();
        try {
            Optional<Node> node = Yaml.read(text);
            if (node.isEmpty()) {
                mistakes.add(
                        new Mistake(
                                Position.START,
                                "The workflow file is empty",
                                "the keys on and jobs"));
            } else {
                Template tree =
                        new TemplateReader(Schema.workflow(), mistakes)
                                .read(node.get(), "workflow-root-strict");
                root = tree.asMapping();
                workflow = convert(root);
            }
        } catch (YamlFault e) {
            mistakes.add(e.mistake());
        }
        if (mistakes.isEmpty() && workflow.isPresent()) {
            return new WorkflowReading.Valid(workflow.get());
        }
        mistakes.sort(
                Comparator.comparingInt((Mistake m) -> m.at().line())
                        .thenComparingInt(m -> m.at().column()));
        String name = root.get("name").map(Template::source).orElse(file);
        return new WorkflowReading.Invalid(
                file,
                name,
                List.copyOf(mistakes.subList(0, Math.min(mistakes.size(), MAX_MISTAKES))));
    }

    private Optional<Workflow> convert(Mapping root) {
        boolean schemaHolds = mistakes.isEmpty();
        var jobs = new ArrayList<Job>();
        Optional<Template> written = root.get("jobs");
        for (Entry entry : written.map(Template::asMapping).orElse(Mapping.EMPTY).entries()) {
            if (entry.key() instanceof Literal && entry.value() instanceof Mapping body) {
                jobs.add(job(entry, body));
            }
        }
        if (written.isPresent() && written.get() instanceof Mapping all) {
            Needs.check(jobs, all.at(), mistakes);
        }
        Triggers on = Triggers.of(root.get("on"));
        return schemaHolds && mistakes.isEmpty()
                ? Optional.of(new Workflow(file, on, List.copyOf(jobs), root))
                : Optional.empty();
    }

    private Job job(Entry entry, Mapping body) {
        Optional.of(entry.name())
                .filter(id -> !id.isEmpty())
                .flatMap(new StepIds()::check)
                .ifPresent(problem -> mistakes.add(new Mistake(entry.key().at(), problem)));
        var needs = new ArrayList<String>();
        body.get("needs").ifPresent(list -> list.items().forEach(n -> needs.add(n.source())));
        JobCheck.check(body, mistakes);
        return new Job(
                entry.name(),
                entry.key().at(),
                List.copyOf(needs),
                condition(body, "job-if"),
                steps(body.get("steps")),
                body);
    }

    private List<Step> steps(Optional<Template> written) {
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
            body.get("uses").ifPresent(uses -> checkUses(uses));
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

    private Expression condition(Mapping body, String type) {
        List<String> allowed = TemplateReader.allowed(Schema.workflow(), type);
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
