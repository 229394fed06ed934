package dev.rondo.engine;

import dev.rondo.actions.Input;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;

/** The context {@code inputs} of a run: typed, while {@code github.event.inputs} holds texts. */
public final class RunInputs {
    private RunInputs() {}

    public static Value of(Workflow workflow, Map<String, Value> github) {
        Value given = Value.of(github).at("event").at("inputs");
        if (!(given instanceof Value.Obj texts)) {
            return Value.NOTHING;
        }
        var typed = new LinkedHashMap<>(texts.entries());
        for (Input input : workflow.on().dispatchInputs()) {
            texts.get(input.name())
                    .flatMap(value -> input.value(value.text()))
                    .ifPresent(value -> typed.put(input.name(), value));
        }
        return Value.of(typed);
    }
}
