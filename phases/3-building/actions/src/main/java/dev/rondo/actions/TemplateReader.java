package dev.rondo.actions;

import dev.rondo.actions.Schema.Definition;
import dev.rondo.actions.Schema.Form;
import dev.rondo.actions.Template.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a YAML tree along the schema, as GitHub's template reader does: same order of checks, same
 * messages, same places.
 */
final class TemplateReader {
    private static final String NO_EXPRESSION =
            "A template expression is not allowed in this context";

    private final Schema schema;
    private final List<Mistake> mistakes;
    private final ScalarReader scalars;
    private final Limits limits;
    private final Memory memory;

    /**
     * By the very list of what is allowed around, then by type: most places come again and again.
     */
    private final Map<List<String>, Map<String, Place>> places = new IdentityHashMap<>();

    /** A definition and the contexts that may be named below it. */
    private record Place(Definition definition, List<String> allowed) {}

    TemplateReader(Schema schema, List<Mistake> mistakes, Limits limits, Memory memory) {
        this.schema = schema;
        this.mistakes = mistakes;
        this.limits = limits;
        this.memory = memory;
        this.scalars = new ScalarReader(mistakes);
    }

    Template read(Node root, String type) {
        return read(root, place(type, List.of()), 1);
    }

    /** The contexts that may be named under a type when nothing is allowed around it. */
    static List<String> allowed(Schema schema, String type) {
        return schema.get(type).contexts();
    }

    private Place place(String type, List<String> around) {
        return places.computeIfAbsent(around, list -> new HashMap<>())
                .computeIfAbsent(type, name -> made(name, around));
    }

    private Place made(String type, List<String> around) {
        Definition definition = schema.get(type);
        if (definition.contexts().isEmpty()) {
            return new Place(definition, around);
        }
        var all = new LinkedHashSet<>(around);
        all.addAll(definition.contexts());
        return new Place(definition, List.copyOf(all));
    }

    private Template read(Node node, Place place, int depth) {
        if (depth > limits.depth() && !(node instanceof ScalarNode)) {
            throw new YamlFault(Yaml.position(node), "Maximum object depth exceeded");
        }
        return switch (node) {
            case ScalarNode scalar -> counted(validate(scalar(scalar, place), place));
            case SequenceNode sequence -> sequence(sequence, place, depth);
            case MappingNode mapping -> mapping(mapping, place, depth);
            default -> throw new YamlFault(Yaml.position(node), "Unexpected value");
        };
    }

    private Template counted(Template scalar) {
        switch (scalar) {
            case Template.Literal(Value.Text text, Position at) ->
                    memory.textNode(text.text().length(), at);
            case Template.Dynamic(Expression expression, Position at) ->
                    memory.textNode(expression.text().length(), at);
            default -> memory.node(scalar.at());
        }
        return scalar;
    }

    private Template scalar(ScalarNode node, Place place) {
        Position at = Yaml.position(node);
        Value value = Yaml.value(node);
        return value instanceof Value.Text text
                ? scalars.read(text.text(), at, place.allowed())
                        .orElse(new Template.Literal(value, at))
                : new Template.Literal(value, at);
    }

    private Template validate(Template scalar, Place place) {
        if (scalar instanceof Template.Dynamic) {
            if (place.allowed().isEmpty()) {
                mistakes.add(new Mistake(scalar.at(), NO_EXPRESSION));
            }
            return scalar;
        }
        if (!(scalar instanceof Template.Literal literal)) {
            mistakes.add(new Mistake(scalar.at(), "Unexpected value 'insert'"));
            return scalar;
        }
        List<Definition> choices = schema.choices(place.definition());
        if (choices.stream().anyMatch(choice -> fits(choice.form(), literal.value()))) {
            return literal;
        }
        Value text = Value.of(text(literal.value()));
        if (choices.stream().anyMatch(choice -> fits(choice.form(), text))) {
            return new Template.Literal(text, literal.at());
        }
        mistakes.add(
                new Mistake(
                        literal.at(),
                        "Unexpected value '" + text.text() + "'",
                        schema.expected(place.definition())));
        return literal;
    }

    /** Where a text is wanted, a number of the file is written with 15 digits, as .NET does. */
    private static String text(Value value) {
        return value instanceof Value.Num(double number) ? Numbers.general(number) : value.text();
    }

    private static boolean fits(Form form, Value value) {
        return switch (form) {
            case Form.Null n -> value instanceof Value.Nothing;
            case Form.Bool b -> value instanceof Value.Bool;
            case Form.Number n -> value instanceof Value.Num;
            case Form.Text text ->
                    value instanceof Value.Text(String written)
                            && (text.constant().isEmpty()
                                    ? !text.nonEmpty() || !written.isEmpty()
                                    : text.ignoreCase()
                                            ? text.constant().equalsIgnoreCase(written)
                                            : text.constant().equals(written));
            default -> false;
        };
    }

    private Template sequence(SequenceNode node, Place place, int depth) {
        Position at = Yaml.position(node);
        memory.node(at);
        var items = new ArrayList<Template>();
        Optional<Form.Seq> form = schema.sequence(place.definition());
        if (form.isEmpty()) {
            mistakes.add(
                    new Mistake(
                            at,
                            "A sequence was not expected",
                            schema.expected(place.definition())));
        } else {
            Place item = place(form.get().item(), place.allowed());
            node.getValue().forEach(value -> items.add(read(value, item, depth + 1)));
        }
        return new Template.Sequence(items, at);
    }

    private Template mapping(MappingNode node, Place place, int depth) {
        Position at = Yaml.position(node);
        memory.node(at);
        List<Form.Map> forms = schema.mappings(place.definition());
        if (forms.isEmpty()) {
            mistakes.add(
                    new Mistake(
                            at, "A mapping was not expected", schema.expected(place.definition())));
            return new Template.Mapping(List.of(), at);
        }
        return new Keys(place, new ArrayList<>(forms), depth).read(node, at);
    }

    /** The keys of one mapping, narrowing the forms that it may have as they come. */
    private final class Keys {
        private final Place place;
        private final List<Form.Map> forms;
        private final int depth;
        private final Set<String> seen = new LinkedHashSet<>();
        private final List<Entry> entries = new ArrayList<>();
        private boolean expressionKey;

        Keys(Place place, List<Form.Map> forms, int depth) {
            this.place = place;
            this.forms = forms;
            this.depth = depth;
        }

        Template read(MappingNode node, Position at) {
            for (NodeTuple tuple : node.getValue()) {
                one(tuple.getKeyNode(), tuple.getValueNode());
            }
            if (forms.size() > 1) {
                ambiguous(at);
            } else if (!expressionKey) {
                forms.getFirst()
                        .properties()
                        .forEach((name, property) -> {
                            if (property.required()
                                    && !seen.contains(name.toUpperCase(Locale.ROOT))) {
                                mistakes.add(
                                        new Mistake(
                                                at,
                                                "Required property is missing: " + name,
                                                schema.expected(schema.get(property.type()))));
                            }
                        });
            }
            return new Template.Mapping(entries, at);
        }

        private void one(Node keyNode, Node valueNode) {
            if (!(keyNode instanceof ScalarNode scalarKey)) {
                throw new YamlFault(Yaml.position(keyNode), "A key must be a text");
            }
            Template key = scalar(scalarKey, place);
            if (!(key instanceof Template.Literal literal)) {
                expressionKey(key, valueNode);
                return;
            }
            String name = text(literal.value());
            if (!name.isEmpty() && !seen.add(name.toUpperCase(Locale.ROOT))) {
                mistakes.add(new Mistake(key.at(), "'" + name + "' is already defined"));
                return;
            }
            Template text = new Template.Literal(Value.of(name), key.at());
            Optional<String> type = known(name);
            Form.Map first = forms.getFirst();
            if (type.isPresent()) {
                add(text, valueNode, type.get());
            } else if (!first.looseKey().isEmpty()) {
                validate(text, place(first.looseKey(), place.allowed()));
                add(text, valueNode, first.looseValue());
            } else {
                mistakes.add(
                        new Mistake(
                                key.at(), "Unexpected value '" + name + "'", "one of " + known()));
            }
        }

        private void add(Template key, Node value, String type) {
            counted(key);
            entries.add(
                    new Entry(
                            key,
                            TemplateReader.this.read(
                                    value, place(type, place.allowed()), depth + 1)));
        }

        private void expressionKey(Template key, Node value) {
            expressionKey = true;
            if (place.allowed().isEmpty()) {
                mistakes.add(new Mistake(key.at(), NO_EXPRESSION));
                return;
            }
            boolean loose = forms.size() == 1 && forms.getFirst().properties().isEmpty();
            add(key, value, loose ? forms.getFirst().looseValue() : "any");
        }

        /** The type under a known key; drops the forms that do not know it. */
        private Optional<String> known(String name) {
            Optional<String> type =
                    forms.stream()
                            .filter(form -> form.properties().containsKey(name))
                            .map(form -> type(form, name))
                            .findFirst();
            if (type.isPresent()) {
                forms.removeIf(form -> !form.properties().containsKey(name));
            }
            return type;
        }

        private static String type(Form.Map form, String name) {
            Schema.Property property = form.properties().get(name);
            return property == null ? "any" : property.type();
        }

        private String known() {
            var names = new TreeSet<String>();
            forms.forEach(form -> names.addAll(form.properties().keySet()));
            names.removeIf(name -> seen.contains(name.toUpperCase(Locale.ROOT)));
            return String.join(", ", names);
        }

        private void ambiguous(Position at) {
            Map<String, Integer> hits = new LinkedHashMap<>();
            forms.forEach(form ->
                    form.properties().keySet().forEach(k -> hits.merge(k, 1, Integer::sum)));
            var single = new TreeSet<String>();
            hits.forEach((name, count) -> {
                if (count == 1) {
                    single.add(name);
                }
            });
            mistakes.add(
                    new Mistake(
                            at,
                            "There's not enough info to determine what you meant. Add one of these"
                                    + " properties: "
                                    + String.join(", ", single)));
        }
    }
}
