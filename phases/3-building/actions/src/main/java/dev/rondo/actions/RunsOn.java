package dev.rondo.actions;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code runs-on}, evaluated: all labels must fit an executor, in any case. */
public record RunsOn(List<String> labels, Optional<String> group) {

    /** Throws {@link ExpressionFault} where the value names nothing. */
    public static RunsOn of(Value value) {
        RunsOn wanted =
                switch (value) {
                    case Value.Obj keys ->
                            new RunsOn(
                                    texts(keys.at("labels")),
                                    Optional.of(keys.at("group").text())
                                            .filter(name -> !name.isBlank()));
                    default -> new RunsOn(texts(value), Optional.empty());
                };
        if (wanted.labels().isEmpty() && wanted.group().isEmpty()) {
            throw ExpressionFault.evaluation("runs-on names neither a label nor a group");
        }
        return wanted;
    }

    private static List<String> texts(Value value) {
        List<Value> items = value instanceof Value.Arr list ? list.items() : List.of(value);
        if (items.stream().anyMatch(item -> !item.primitive())) {
            throw ExpressionFault.evaluation("A label of runs-on must be a text");
        }
        return items.stream().map(Value::text).filter(text -> !text.isBlank()).toList();
    }

    /** Whether an executor with these labels may take the job. */
    public boolean fits(List<String> offered) {
        List<String> folded = offered.stream().map(o -> o.toLowerCase(Locale.ROOT)).toList();
        return labels.stream().allMatch(label -> folded.contains(label.toLowerCase(Locale.ROOT)));
    }
}
