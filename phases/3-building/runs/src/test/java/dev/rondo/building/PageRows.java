package dev.rondo.building;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of {@code docs/workflows.md}: every key, event, context and function that the schemas of
 * workflow and action files know, and what no schema lists (commands, variables, actions).
 */
final class PageRows {
    private static final String SCHEMAS = "/dev/rondo/actions/";

    /** What stands below is free, so that nothing more can be listed. */
    private static final Set<String> LEAVES =
            Set.of("matrix-filter", "job-outputs", "workflow-dispatch-inputs-or-null");

    private final Map<String, Set<String>> sections = new LinkedHashMap<>();

    static Map<String, Set<String>> all() {
        return new PageRows().read();
    }

    private Map<String, Set<String>> read() {
        JsonNode workflow = definitions("workflow-schema.json");
        Set<String> keys = section("Keys of a workflow");
        for (String key : properties(workflow, "workflow-root-strict")) {
            keys.add(key);
            if (!key.equals("on") && !key.equals("jobs")) {
                walk(workflow, type(workflow, "workflow-root-strict", key), key, keys);
            }
        }
        Set<String> events = section("Events");
        for (String event : properties(workflow, "on-mapping-strict")) {
            events.add("event " + event);
            walk(workflow, type(workflow, "on-mapping-strict", event), "on." + event, events);
        }
        events.add("skip marks");
        Set<String> jobs = section("Keys of a job");
        Set<String> steps = section("Keys of a step");
        walk(workflow, "job", "jobs", jobs);
        jobs.remove("jobs.steps");
        walk(workflow, "services-container", "jobs.services", jobs);
        jobs.add("environment protection: required reviewers");
        jobs.add("environment protection: wait timer");
        jobs.add("environment protection: branches");
        walk(workflow, "steps-item", "steps", steps);
        steps.addAll(List.of("steps.with.args", "steps.with.entrypoint", "steps.uses docker"));
        expressions(workflow);
        actions(definitions("action-schema.json"));
        PageWords.put(this::section);
        return sections;
    }

    private Set<String> section(String title) {
        return sections.computeIfAbsent(title, t -> new LinkedHashSet<>());
    }

    private static JsonNode definitions(String file) {
        try (InputStream in = PageRows.class.getResourceAsStream(SCHEMAS + file)) {
            return JsonMapper.shared().readTree(in).get("definitions");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> properties(JsonNode all, String name) {
        return List.copyOf(all.path(name).path("mapping").path("properties").propertyNames());
    }

    private static String type(JsonNode all, String name, String key) {
        JsonNode property = all.path(name).path("mapping").path("properties").path(key);
        return property.isString() ? property.asString() : property.path("type").asString("");
    }

    /** All keys below a definition, in the schema's order. */
    private void walk(JsonNode all, String name, String prefix, Set<String> into) {
        if (LEAVES.contains(name) || prefix.length() > 80) {
            return;
        }
        JsonNode definition = all.path(name);
        for (String one : Scenario.texts(definition.path("one-of"))) {
            walk(all, one, prefix, into);
        }
        String item = definition.path("sequence").path("item-type").asString("");
        if (!item.isEmpty() && !item.equals("steps-item")) {
            walk(all, item, prefix, into);
        }
        for (String key : properties(all, name)) {
            into.add(prefix + "." + key);
            if (!key.equals("steps") && !key.equals("parallel")) {
                walk(all, type(all, name, key), prefix + "." + key, into);
            }
        }
    }

    private void expressions(JsonNode workflow) {
        var contexts = new TreeSet<String>();
        var functions = new TreeSet<String>();
        for (JsonNode definition : workflow) {
            for (String one : Scenario.texts(definition.path("context"))) {
                int bracket = one.indexOf('(');
                if (bracket < 0) {
                    contexts.add("context " + one);
                } else {
                    functions.add("function " + one.substring(0, bracket));
                }
            }
        }
        for (String built :
                List.of(
                        "contains",
                        "startsWith",
                        "endsWith",
                        "format",
                        "join",
                        "toJSON",
                        "fromJSON",
                        "case")) {
            functions.add("function " + built);
        }
        Set<String> rows = section("Expressions");
        rows.addAll(
                List.of(
                        "expression literals",
                        "expression operators",
                        "expression coercion",
                        "expression filters"));
        rows.addAll(functions);
        rows.addAll(contexts);
    }

    private void actions(JsonNode schema) {
        Set<String> rows = section("Keys of an action");
        var keys = new LinkedHashSet<String>();
        walk(schema, "action-root", "", keys);
        walk(schema, "input", ".inputs", keys);
        walk(schema, "output", ".outputs", keys);
        walk(schema, "step", ".runs.steps[*]", keys);
        var sorted = new ArrayList<>(keys);
        sorted.sort(String::compareTo);
        sorted.forEach(key -> rows.add("action.yml " + key.substring(1)));
        for (String using : List.of("composite", "node20", "node24", "docker")) {
            rows.add("action.yml runs.using " + using);
        }
        rows.add("action local");
        rows.add("action repository");
    }
}
