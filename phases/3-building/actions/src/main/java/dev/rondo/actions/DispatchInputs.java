package dev.rondo.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The inputs of a start by hand, checked against those that the workflow declares. The messages are
 * those of GitHub's REST interface.
 */
public sealed interface DispatchInputs {
    /** Beyond these GitHub refuses ("workflow_dispatch", inputs). */
    int MAX_INPUTS = 25;

    int MAX_CHARACTERS = 65_535;

    /** {@code values} is the context {@code inputs}; {@code texts} what the payload holds. */
    record Taken(Map<String, Value> values, Map<String, String> texts) implements DispatchInputs {}

    record Refused(List<String> problems) implements DispatchInputs {}

    static DispatchInputs check(List<Input> declared, Map<String, String> given) {
        var problems = new ArrayList<String>();
        var names = declared.stream().map(Input::name).toList();
        var unexpected = given.keySet().stream().filter(name -> !names.contains(name)).toList();
        if (!unexpected.isEmpty()) {
            problems.add("Unexpected inputs provided: " + unexpected);
        }
        long size = 0;
        for (var entry : given.entrySet()) {
            size += entry.getKey().length() + entry.getValue().length();
        }
        if (given.size() > MAX_INPUTS || size > MAX_CHARACTERS) {
            problems.add(
                    "At most %d inputs with %d characters together are allowed"
                            .formatted(MAX_INPUTS, MAX_CHARACTERS));
        }
        var values = new LinkedHashMap<String, Value>();
        var texts = new LinkedHashMap<String, String>();
        for (Input input : declared) {
            one(input, Optional.ofNullable(given.get(input.name())), problems)
                    .ifPresent(value -> {
                        values.put(input.name(), value);
                        texts.put(input.name(), value.text());
                    });
        }
        return problems.isEmpty() ? new Taken(values, texts) : new Refused(List.copyOf(problems));
    }

    private static Optional<Value> one(Input input, Optional<String> given, List<String> problems) {
        boolean empty = given.filter(text -> !text.isEmpty()).isEmpty();
        if (empty && input.required() && input.fallback().isEmpty()) {
            problems.add("Required input '%s' not provided".formatted(input.name()));
            return Optional.empty();
        }
        if (given.isEmpty() || empty && input.type() != Input.Type.STRING) {
            return Optional.of(input.fallback(Scope.of(Map.of())));
        }
        Optional<Value> value = input.value(given.get());
        if (value.isEmpty()) {
            problems.add(
                    input.type() == Input.Type.CHOICE
                            ? "Provided value '%s' for input '%s' not in the list of allowed values: %s"
                                    .formatted(
                                            given.get(),
                                            input.name(),
                                            String.join(", ", input.options()))
                            : "Provided value '%s' for input '%s' is no %s"
                                    .formatted(
                                            given.get(),
                                            input.name(),
                                            input.type() == Input.Type.NUMBER
                                                    ? "number"
                                                    : "boolean"));
        }
        return value;
    }
}
