package dev.rondo.actions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * GitHub's own schema of a workflow file (actions/languageservices, workflow-v1.0, MIT; the
 * resource is theirs without the descriptions): which key takes what, and which contexts may stand
 * there.
 */
final class Schema {
    private static final Schema WORKFLOW = load("workflow-schema.json");
    private static final Schema ACTION = load("action-schema.json");

    private final Map<String, Definition> definitions = new LinkedHashMap<>();

    /** The form that a value may have. */
    sealed interface Form {
        record Null() implements Form {}

        record Bool() implements Form {}

        record Number() implements Form {}

        record Text(String constant, boolean ignoreCase, boolean nonEmpty) implements Form {}

        record Seq(String item) implements Form {}

        record Map(java.util.Map<String, Property> properties, String looseKey, String looseValue)
                implements Form {}

        record OneOf(List<String> names) implements Form {}
    }

    record Property(String type, boolean required) {}

    record Definition(String name, Form form, List<String> contexts) {}

    static Schema workflow() {
        return WORKFLOW;
    }

    static Schema action() {
        return ACTION;
    }

    private static Schema load(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            return new Schema(
                    JsonMapper.shared()
                            .readTree(Objects.requireNonNull(in, resource).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Schema(JsonNode root) {
        builtIn("null", new Form.Null());
        builtIn("boolean", new Form.Bool());
        builtIn("number", new Form.Number());
        builtIn("string", new Form.Text("", false, false));
        builtIn("sequence", new Form.Seq("any"));
        builtIn("mapping", new Form.Map(Map.of(), "string", "any"));
        builtIn(
                "any",
                new Form.OneOf(
                        List.of("null", "boolean", "number", "string", "sequence", "mapping")));
        root.get("definitions").properties().forEach(e -> define(e.getKey(), e.getValue()));
    }

    private void builtIn(String name, Form form) {
        definitions.put(name, new Definition(name, form, List.of()));
    }

    private void define(String name, JsonNode node) {
        List<String> contexts = strings(node.path("context"));
        definitions.put(name, new Definition(name, form(name, node), contexts));
    }

    private Form form(String name, JsonNode node) {
        if (node.has("null")) {
            return new Form.Null();
        }
        if (node.has("boolean")) {
            return new Form.Bool();
        }
        if (node.has("number")) {
            return new Form.Number();
        }
        if (node.has("string")) {
            JsonNode text = node.get("string");
            return new Form.Text(
                    text.path("constant").asString(""),
                    text.path("ignore-case").asBoolean(false),
                    text.path("require-non-empty").asBoolean(false));
        }
        if (node.has("sequence")) {
            return new Form.Seq(node.get("sequence").path("item-type").asString("any"));
        }
        if (node.has("mapping")) {
            return mapping(node.get("mapping"));
        }
        if (node.has("one-of")) {
            return new Form.OneOf(strings(node.get("one-of")));
        }
        var constants = new ArrayList<String>();
        for (String value : strings(node.path("allowed-values"))) {
            builtIn(name + "-" + value, new Form.Text(value, false, false));
            constants.add(name + "-" + value);
        }
        return new Form.OneOf(constants);
    }

    private static Form mapping(JsonNode node) {
        var properties = new LinkedHashMap<String, Property>();
        for (Map.Entry<String, JsonNode> entry : node.path("properties").properties()) {
            JsonNode value = entry.getValue();
            properties.put(
                    entry.getKey(),
                    value.isString()
                            ? new Property(value.stringValue(), false)
                            : new Property(
                                    value.path("type").asString("any"),
                                    value.path("required").asBoolean(false)));
        }
        return new Form.Map(
                properties,
                node.path("loose-key-type").asString(""),
                node.path("loose-value-type").asString(""));
    }

    private static List<String> strings(JsonNode list) {
        var strings = new ArrayList<String>();
        list.forEach(item -> strings.add(item.asString()));
        return strings;
    }

    Definition get(String name) {
        return Objects.requireNonNull(definitions.get(name), name);
    }

    /** The definition itself, or those that a choice names. */
    List<Definition> choices(Definition definition) {
        if (!(definition.form() instanceof Form.OneOf choice)) {
            return List.of(definition);
        }
        var all = new ArrayList<Definition>();
        choice.names().forEach(name -> all.addAll(choices(get(name))));
        return all;
    }

    List<Form.Map> mappings(Definition definition) {
        var maps = new ArrayList<Form.Map>();
        for (Definition choice : choices(definition)) {
            if (choice.form() instanceof Form.Map map) {
                maps.add(map);
            }
        }
        return maps;
    }

    Optional<Form.Seq> sequence(Definition definition) {
        return choices(definition).stream()
                .map(Definition::form)
                .filter(Form.Seq.class::isInstance)
                .map(Form.Seq.class::cast)
                .findFirst();
    }

    /** Which forms fit, in words, for the reader of a mistake. */
    String expected(Definition definition) {
        var words = new ArrayList<String>();
        for (Definition choice : choices(definition)) {
            String word =
                    switch (choice.form()) {
                        case Form.Null n -> "nothing";
                        case Form.Bool b -> "true or false";
                        case Form.Number n -> "a number";
                        case Form.Text t ->
                                t.constant().isEmpty() ? "a text" : "'" + t.constant() + "'";
                        case Form.Seq s -> "a list";
                        case Form.Map m -> "a mapping";
                        case Form.OneOf o -> "";
                    };
            if (!words.contains(word)) {
                words.add(word);
            }
        }
        return String.join(", ", words.subList(0, Math.min(words.size(), 40)));
    }
}
