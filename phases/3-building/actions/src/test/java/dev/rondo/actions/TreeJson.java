package dev.rondo.actions;

import dev.rondo.actions.Template.Mapping;
import dev.rondo.actions.Workflow.Job;
import dev.rondo.actions.Workflow.Step;
import dev.rondo.actions.WorkflowTree.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A workflow with all that it calls in the shape of GitHub's workflow template. */
final class TreeJson {
    private static final List<String> JOB_KEYS =
            List.of(
                    "continue-on-error",
                    "timeout-minutes",
                    "cancel-timeout-minutes",
                    "concurrency",
                    "env",
                    "environment",
                    "defaults",
                    "runs-on",
                    "container",
                    "services",
                    "strategy",
                    "outputs",
                    "snapshot");
    private static final List<String> STEP_KEYS =
            List.of(
                    "name",
                    "continue-on-error",
                    "timeout-minutes",
                    "env",
                    "run",
                    "uses",
                    "with",
                    "shell",
                    "working-directory",
                    "background",
                    "cancel");
    private static final Map<String, String> STEP_NAMES =
            Map.of("wait", "Wait", "wait-all", "Wait for all", "cancel", "Cancel");

    private final SuiteCase one;
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private final ObjectNode root = JsonMapper.shared().createObjectNode();

    private TreeJson(SuiteCase one) {
        this.one = one;
    }

    static JsonNode of(SuiteCase one, WorkflowTree tree) {
        return new TreeJson(one).json(tree);
    }

    private JsonNode json(WorkflowTree tree) {
        Mapping keys = tree.workflow().keys();
        TemplateJson json = json(tree.workflow().file());
        for (String key : List.of("env", "defaults", "concurrency")) {
            keys.get(key).ifPresent(value -> root.set(key, json.of(value)));
        }
        tree.workflow().permissions().ifPresent(p -> root.set("permissions", permissions(p)));
        if (one.expected().has("events")) {
            root.set("events", events(tree.workflow().on()));
        }
        if (one.expected().has("input-types")) {
            ObjectNode types = root.putObject("input-types");
            tree.workflow()
                    .on()
                    .dispatchInputs()
                    .forEach(i -> types.put(i.name(), i.type().name().toLowerCase()));
        }
        root.set("jobs", jobs(tree));
        if (places()) {
            ArrayNode table = root.putArray("file-table");
            files.keySet().forEach(table::add);
        }
        return root;
    }

    private boolean places() {
        return !one.option("include-source").orElse("true").equals("false")
                && one.expected().has("file-table");
    }

    private TemplateJson json(String file) {
        files.putIfAbsent(file, files.size() + 1);
        return new TemplateJson(places(), files.get(file));
    }

    private ArrayNode jobs(WorkflowTree tree) {
        ArrayNode jobs = JsonMapper.shared().createArrayNode();
        TemplateJson json = json(tree.workflow().file());
        for (Job job : tree.workflow().jobs()) {
            ObjectNode node = jobs.addObject();
            Optional<Call> call = Optional.ofNullable(tree.calls().get(job.id()));
            node.put("type", job.uses().isPresent() ? "reusableWorkflowJob" : "job");
            node.set("id", json.text(job.id(), job.at()));
            node.set(
                    "name",
                    job.key("name")
                            .filter(name -> !name.source().isEmpty())
                            .map(json::of)
                            .orElseGet(() -> json.text(job.id(), job.at())));
            List<Template> needs = job.key("needs").map(Template::items).orElse(List.of());
            if (!needs.isEmpty() || job.uses().isPresent()) {
                node.set("needs", json.texts(needs));
            }
            node.set("if", json.condition(job.condition(), job.key("if")));
            Optional.ofNullable(tree.permissions().get(job.id()))
                    .filter(p -> call.isEmpty())
                    .or(() -> call.flatMap(Call::permissions))
                    .ifPresent(p -> node.set("permissions", permissions(p)));
            for (String key : JOB_KEYS) {
                job.key(key).ifPresent(value -> node.set(key, json.of(value)));
            }
            if (job.uses().isPresent()) {
                call(job, call, node, json);
            } else if (!job.steps().isEmpty()) {
                ArrayNode steps = node.putArray("steps");
                job.steps().forEach(step -> steps.add(step(step, json)));
            }
        }
        return jobs;
    }

    private void call(Job job, Optional<Call> call, ObjectNode node, TemplateJson json) {
        node.set("ref", json.of(job.key("uses").orElseThrow()));
        job.key("with").ifPresent(with -> node.set("input-values", json.of(with)));
        if (job.inheritsSecrets()) {
            node.put("inherit-secrets", true);
        } else {
            job.key("secrets").ifPresent(s -> node.set("secret-values", json.of(s)));
        }
        if (call.isEmpty()) {
            node.putArray("jobs");
            return;
        }
        Mapping takes = call.get().takes().written();
        TemplateJson called = json(call.get().reference());
        takes.get("inputs").ifPresent(i -> node.set("input-definitions", called.of(i)));
        takes.get("secrets").ifPresent(s -> node.set("secret-definitions", called.of(s)));
        takes.get("outputs").ifPresent(o -> node.set("outputs", called.of(o)));
        node.set("jobs", jobs(call.get().tree()));
    }

    private static ObjectNode step(Step step, TemplateJson json) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", step.id());
        for (String key : STEP_KEYS) {
            step.key(key).ifPresent(value -> node.set(key, json.of(value)));
        }
        Optional<String> other =
                STEP_NAMES.keySet().stream().filter(key -> step.key(key).isPresent()).findFirst();
        if (other.isEmpty()) {
            node.set("if", json.condition(step.condition(), step.key("if")));
            return node;
        }
        if (!node.has("name")) {
            node.put("name", STEP_NAMES.get(other.get()));
        }
        step.key("wait").ifPresent(wait -> node.set("wait", json.texts(wait.items())));
        step.key("wait-all").ifPresent(all -> node.put("wait-all", true));
        return node;
    }

    private static ObjectNode permissions(Permissions permissions) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        permissions
                .levels()
                .forEach((scope, level) -> {
                    if (level != Permissions.Level.NONE) {
                        node.put(scope, level.text());
                    }
                });
        return node;
    }

    private static ObjectNode events(Triggers on) {
        ObjectNode events = JsonMapper.shared().createObjectNode();
        on.events().forEach((name, filters) -> events.set(name, plain(name, filters)));
        return events;
    }

    private static JsonNode plain(String name, Template filters) {
        return switch (filters) {
            case Mapping mapping -> {
                ObjectNode node = JsonMapper.shared().createObjectNode();
                for (Template.Entry entry : mapping.entries()) {
                    node.set(entry.name(), filter(entry));
                }
                yield node;
            }
            case Template.Sequence sequence -> {
                var items = new ArrayList<JsonNode>();
                sequence.items().forEach(item -> items.add(plain(name, item)));
                yield JsonMapper.shared().createArrayNode().addAll(items);
            }
            case Template.Literal(Value.Nothing n, Position at) ->
                    JsonMapper.shared().createObjectNode();
            default -> new TemplateJson(false, 0).of(filters);
        };
    }

    /** Filters are lists, also where one text is written. */
    private static JsonNode filter(Template.Entry entry) {
        boolean list =
                entry.name()
                        .matches("types|names|versions|workflows|(branches|tags|paths)(-ignore)?");
        return list
                ? new TemplateJson(false, 0).texts(entry.value().items())
                : plain(entry.name(), entry.value());
    }
}
