package dev.rondo.actions;

import dev.rondo.actions.Template.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An input of {@code workflow_dispatch} or {@code workflow_call}.
 *
 * @param fallback what stands under {@code default}; may hold expressions in {@code workflow_call}
 * @param options of a choice
 */
public record Input(
        String name,
        Type type,
        String description,
        boolean required,
        Optional<Template> fallback,
        List<String> options) {

    public enum Type {
        STRING,
        BOOLEAN,
        NUMBER,
        CHOICE,
        ENVIRONMENT;

        static Type of(String name) {
            return switch (name) {
                case "boolean" -> BOOLEAN;
                case "number" -> NUMBER;
                case "choice" -> CHOICE;
                case "environment" -> ENVIRONMENT;
                default -> STRING;
            };
        }
    }

    static List<Input> all(Mapping inputs) {
        var all = new ArrayList<Input>();
        for (Template.Entry entry : inputs.entries()) {
            Mapping body = entry.value().asMapping();
            all.add(
                    new Input(
                            entry.name(),
                            Type.of(body.get("type").map(Template::source).orElse("string")),
                            body.get("description").map(Template::source).orElse(""),
                            body.get("required").map(Template::source).orElse("").equals("true"),
                            body.get("default"),
                            body.get("options").map(Triggers::texts).orElse(List.of())));
        }
        return List.copyOf(all);
    }

    /** The value where nothing is given: false, 0 or the empty text without a default. */
    public Value fallback(Scope scope) {
        return fallback.map(template -> template.value(scope))
                .orElseGet(() ->
                        switch (type) {
                            case BOOLEAN -> Value.FALSE;
                            case NUMBER -> Value.of(0);
                            default -> Value.of("");
                        });
    }

    /** A text as a value of the type; empty where it is none. */
    public Optional<Value> value(String text) {
        return switch (type) {
            case BOOLEAN ->
                    text.equals("true")
                            ? Optional.of(Value.TRUE)
                            : text.equals("false") ? Optional.of(Value.FALSE) : Optional.empty();
            case NUMBER ->
                    text.isBlank() || Double.isNaN(Numbers.parse(text))
                            ? Optional.empty()
                            : Optional.of(Value.of(Numbers.parse(text)));
            case CHOICE -> options.contains(text) ? Optional.of(Value.of(text)) : Optional.empty();
            default -> Optional.of(Value.of(text));
        };
    }
}
