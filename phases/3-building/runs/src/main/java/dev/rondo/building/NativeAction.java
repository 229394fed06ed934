package dev.rondo.building;

import dev.rondo.actions.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An action that everybody uses and that Rondo does itself, with the inputs of the real one. */
interface NativeAction {

    /** What a native action works with. */
    record Setting(JobState state, JobLog log, Inputs inputs, Map<String, String> outputs) {}

    /** {@code with}, found in any case as the runner does. */
    final class Inputs {
        private final Map<String, String> values = new LinkedHashMap<>();

        Inputs(Value with) {
            if (with instanceof Value.Obj given) {
                given.entries()
                        .forEach((name, value) ->
                                values.put(name.toLowerCase(Locale.ROOT), value.text()));
            }
        }

        String get(String name, String otherwise) {
            String value = values.getOrDefault(name, "").strip();
            return value.isEmpty() ? otherwise : value;
        }

        boolean is(String name, boolean otherwise) {
            return get(name, String.valueOf(otherwise)).equalsIgnoreCase("true");
        }

        Map<String, String> all() {
            return values;
        }
    }

    /** The step fails with this sentence. */
    final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    void run(Setting setting) throws Failed, IOException;
}
