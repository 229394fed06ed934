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

    record Refused(List<Problem> problems) implements DispatchInputs {}

    /**
     * What is wrong with an input.
     *
     * @param key unexpected, many, required, choice, number or boolean
     * @param input its name, or empty where it is about all of them
     * @param args what a text of one's own would name, in the order of GitHub's
     * @param text GitHub's words
     */
    record Problem(String key, String input, List<Object> args, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static Problem problem(String key, String input, String words, Object... args) {
        return new Problem(key, input, List.of(args), words.formatted(args));
    }

    static DispatchInputs check(List<Input> declared, Map<String, String> given) {
        var problems = new ArrayList<Problem>();
        var names = declared.stream().map(Input::name).toList();
        var unexpected = given.keySet().stream().filter(name -> !names.contains(name)).toList();
        if (!unexpected.isEmpty()) {
            problems.add(
                    problem(
                            "unexpected",
                            "",
                            "Unexpected inputs provided: %s",
                            "[" + String.join(", ", unexpected) + "]"));
        }
        long size = 0;
        for (var entry : given.entrySet()) {
            size += entry.getKey().length() + entry.getValue().length();
        }
        if (given.size() > MAX_INPUTS || size > MAX_CHARACTERS) {
            problems.add(
                    problem(
                            "many",
                            "",
                            "At most %d inputs with %d characters together are allowed",
                            MAX_INPUTS,
                            MAX_CHARACTERS));
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

    private static Optional<Value> one(
            Input input, Optional<String> given, List<Problem> problems) {
        boolean empty = given.filter(text -> !text.isEmpty()).isEmpty();
        if (empty && input.required() && input.fallback().isEmpty()) {
            problems.add(
                    problem(
                            "required",
                            input.name(),
                            "Required input '%s' not provided",
                            input.name()));
            return Optional.empty();
        }
        if (given.isEmpty() || empty && input.type() != Input.Type.STRING) {
            return Optional.of(input.fallback(Scope.of(Map.of())));
        }
        Optional<Value> value = input.value(given.get());
        if (value.isEmpty()) {
            problems.add(wrong(input, given.get()));
        }
        return value;
    }

    private static Problem wrong(Input input, String given) {
        return input.type() == Input.Type.CHOICE
                ? problem(
                        "choice",
                        input.name(),
                        "Provided value '%s' for input '%s' not in the list of allowed values: %s",
                        given,
                        input.name(),
                        String.join(", ", input.options()))
                : problem(
                        input.type() == Input.Type.NUMBER ? "number" : "boolean",
                        input.name(),
                        "Provided value '%s' for input '%s' is no "
                                + (input.type() == Input.Type.NUMBER ? "number" : "boolean"),
                        given,
                        input.name());
    }
}
