package dev.rondo.actions;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A template as GitHub's parser prints one: with type, file, line and column, or the value only.
 */
final class TemplateJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final boolean places;
    private final int file;

    TemplateJson(boolean places, int file) {
        this.places = places;
        this.file = file;
    }

    JsonNode of(Template template) {
        return switch (template) {
            case Template.Literal literal -> literal(literal.value(), literal.at());
            case Template.Dynamic dynamic ->
                    node(3, dynamic.at()).put("expr", dynamic.expression().text());
            case Template.Insert insert -> node(4, insert.at()).put("directive", "insert");
            case Template.Sequence sequence -> {
                ObjectNode node = node(1, sequence.at());
                var items = node.putArray("seq");
                sequence.items().forEach(item -> items.add(of(item)));
                yield sequence.items().isEmpty() ? without(node, "seq") : node;
            }
            case Template.Mapping mapping -> {
                ObjectNode node = node(2, mapping.at());
                var entries = node.putArray("map");
                for (Template.Entry entry : mapping.entries()) {
                    ObjectNode pair = entries.addObject();
                    pair.set("Key", of(entry.key()));
                    pair.set("Value", of(entry.value()));
                }
                yield mapping.entries().isEmpty() ? without(node, "map") : node;
            }
        };
    }

    private static ObjectNode without(ObjectNode node, String key) {
        node.remove(key);
        return node;
    }

    JsonNode text(String text, Position at) {
        return literal(Value.of(text), at);
    }

    JsonNode texts(List<Template> items) {
        var array = MAPPER.createArrayNode();
        items.forEach(item -> array.add(of(item)));
        return array;
    }

    /** A condition that was written has no place either: it is made anew. */
    JsonNode condition(Expression condition, Optional<Template> written) {
        ObjectNode node = MAPPER.createObjectNode().put("type", 3);
        if (places && written.isPresent()) {
            place(node, written.get().at());
        }
        return node.put("expr", condition.text());
    }

    private JsonNode literal(Value value, Position at) {
        if (!places) {
            return switch (value) {
                case Value.Nothing n -> MAPPER.nullNode();
                case Value.Bool b -> MAPPER.getNodeFactory().booleanNode(b.on());
                case Value.Num n -> number(n.number());
                default -> MAPPER.getNodeFactory().stringNode(value.text());
            };
        }
        return switch (value) {
            case Value.Nothing n -> node(7, at);
            case Value.Bool b -> node(5, at).put("bool", b.on());
            case Value.Num n -> {
                ObjectNode node = node(6, at);
                node.set("num", number(n.number()));
                yield node;
            }
            default -> node(0, at).put("lit", value.text());
        };
    }

    private static JsonNode number(double number) {
        return Double.isFinite(number)
                ? MAPPER.readTree(Numbers.exact(number))
                : MAPPER.getNodeFactory().stringNode(Numbers.exact(number));
    }

    private ObjectNode node(int type, Position at) {
        ObjectNode node = MAPPER.createObjectNode().put("type", type);
        if (places) {
            place(node, at);
        }
        return node;
    }

    private void place(ObjectNode node, Position at) {
        node.put("file", file).put("line", at.line()).put("col", at.column());
    }
}
