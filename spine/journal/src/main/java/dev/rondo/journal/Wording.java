package dev.rondo.journal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sentence of an event as the key of its text and the arguments, beside the English one in the
 * event itself: whoever reads it gets it in their language, also on the page of another phase. It
 * stands beside the event and not in it, because it is for people and may be lost with its text.
 *
 * @param key empty for several sentences, which are the arguments
 * @param args texts, numbers, or sentences again
 */
public record Wording(String key, List<Object> args) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Wording {
        args = List.copyOf(args);
    }

    public static Wording of(String key, Object... args) {
        return new Wording(key, Arrays.asList(args));
    }

    /** One sentence behind the other. */
    public static Wording all(List<Wording> sentences) {
        return new Wording("", List.copyOf(sentences));
    }

    /** As one column. */
    public String encoded() {
        return JSON.writeValueAsString(node());
    }

    private JsonNode node() {
        var node = JSON.createObjectNode();
        node.put("key", key);
        var list = node.putArray("args");
        for (var arg : args) {
            switch (arg) {
                case Wording sentence -> list.add(sentence.node());
                case Double number -> list.add(number);
                case Long number -> list.add(number);
                case Integer number -> list.add(number);
                default -> list.add(arg.toString());
            }
        }
        return node;
    }

    public static Wording decode(String encoded) {
        return of(JSON.readTree(encoded));
    }

    private static Wording of(JsonNode node) {
        var list = node.path("args");
        return new Wording(
                node.path("key").asString(""),
                IntStream.range(0, list.size())
                        .mapToObj(i -> argument(list.get(i)))
                        .collect(Collectors.toList()));
    }

    private static Object argument(JsonNode node) {
        if (node.isObject()) {
            return of(node);
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        return node.isNumber() ? (Object) node.doubleValue() : node.asString("");
    }
}
