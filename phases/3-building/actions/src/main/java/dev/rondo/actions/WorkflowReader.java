package dev.rondo.actions;

import dev.rondo.actions.Template.Entry;
import dev.rondo.actions.Template.Literal;
import dev.rondo.actions.Template.Mapping;
import dev.rondo.actions.Workflow.Job;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** From text to typed records: YAML, schema, then what no schema can say. */
final class WorkflowReader {
    private static final int MAX_MISTAKES = 50;

    private final String file;
    private final Limits limits;
    private final Memory memory;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final StepsReader steps = new StepsReader(Schema.workflow(), mistakes);

    WorkflowReader(String file, Limits limits) {
        this(file, limits, new Memory(limits.bytes()));
    }

    /** {@code memory} is one for all files that a workflow calls. */
    WorkflowReader(String file, Limits limits, Memory memory) {
        this.file = file;
        this.limits = limits;
        this.memory = memory;
    }

    WorkflowReading read(String text) {
        Mapping root = Mapping.EMPTY;
        Optional<Workflow> workflow = Optional.empty();
        try {
            memory.name(file);
            Optional<Node> node = Yaml.read(text, limits.characters());
            if (node.isEmpty()) {
                mistakes.add(
                        new Mistake(
                                Position.START,
                                "The workflow file is empty",
                                "the keys on and jobs"));
            } else {
                Template tree =
                        new TemplateReader(Schema.workflow(), mistakes, limits, memory)
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
        Cron.check(on.schedules(), mistakes);
        root.get("concurrency").ifPresent(concurrency -> JobCheck.queue(concurrency, mistakes));
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
                steps.condition(body, "job-if"),
                steps.read(body.get("steps")),
                body);
    }
}
