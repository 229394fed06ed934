package dev.rondo.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out, with limits of depth and length. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(100)
                                                    .maxStringLength(10 << 20)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    static Value read(String text) {
        if (text.isBlank()) {
            throw ExpressionFault.evaluation(
                    "Error parsing JSON when evaluating fromJSON: the text is empty");
        }
        try {
            return value(MAPPER.readTree(text));
        } catch (JacksonException e) {
            throw ExpressionFault.evaluation(
                    "Error parsing JSON when evaluating fromJSON: " + e.getOriginalMessage());
        }
    }

    static Value value(JsonNode node) {
        if (node.isObject()) {
            var entries = new LinkedHashMap<String, Value>();
            node.properties().forEach(e -> entries.put(e.getKey(), value(e.getValue())));
            return Value.of(entries);
        }
        if (node.isArray()) {
            var items = new ArrayList<Value>();
            node.forEach(item -> items.add(value(item)));
            return Value.of(items);
        }
        if (node.isString()) {
            return Value.of(node.stringValue());
        }
        if (node.isBoolean()) {
            return Value.of(node.booleanValue());
        }
        return node.isNumber() ? Value.of(node.doubleValue()) : Value.NOTHING;
    }

    static String write(Value value) {
        var out = new StringBuilder();
        write(value, out, "");
        return out.toString();
    }

    /** In one line, without spaces. */
    static String line(Value value) {
        var out = new StringBuilder();
        line(value, out);
        return out.toString();
    }

    private static void line(Value value, StringBuilder out) {
        switch (value) {
            case Value.Arr a -> {
                out.append('[');
                for (int i = 0; i < a.items().size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    line(a.items().get(i), out);
                }
                out.append(']');
            }
            case Value.Obj o -> {
                var before = "{";
                for (var entry : o.entries().entrySet()) {
                    out.append(before);
                    quote(entry.getKey(), out);
                    out.append(':');
                    line(entry.getValue(), out);
                    before = ",";
                }
                out.append(o.entries().isEmpty() ? "{}" : "}");
            }
            default -> write(value, out, "");
        }
    }

    private static void write(Value value, StringBuilder out, String indent) {
        switch (value) {
            case Value.Nothing n -> out.append("null");
            case Value.Bool b -> out.append(b.on());
            case Value.Num n ->
                    out.append(Double.isFinite(n.number()) ? Numbers.exact(n.number()) : "null");
            case Value.Text t -> quote(t.text(), out);
            case Value.Arr a -> {
                String inner = indent + "  ";
                String before = "[\n";
                for (Value item : a.items()) {
                    out.append(before).append(inner);
                    write(item, out, inner);
                    before = ",\n";
                }
                out.append(a.items().isEmpty() ? "[]" : "\n" + indent + "]");
            }
            case Value.Obj o -> {
                String inner = indent + "  ";
                String before = "{\n";
                for (Map.Entry<String, Value> entry : o.entries().entrySet()) {
                    out.append(before).append(inner);
                    quote(entry.getKey(), out);
                    out.append(": ");
                    write(entry.getValue(), out, inner);
                    before = ",\n";
                }
                out.append(o.entries().isEmpty() ? "{}" : "\n" + indent + "}");
            }
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
