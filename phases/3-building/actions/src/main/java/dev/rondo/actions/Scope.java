package dev.rondo.actions;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What an expression sees: contexts by name, and the functions that depend on where it stands
 * ({@code success}, {@code hashFiles}). {@code memory} bounds what one evaluation may make, in
 * bytes.
 */
public record Scope(
        Value.Obj contexts, Map<String, Function<List<Value>, Value>> functions, long memory) {
    /** The bound of GitHub's runner for one template. */
    public static final long MEMORY = 10L << 20;

    public Scope {
        var folded = new TreeMap<String, Function<List<Value>, Value>>();
        functions.forEach((name, body) -> folded.put(name.toLowerCase(Locale.ROOT), body));
        functions = folded;
    }

    public static Scope of(Map<String, ? extends Value> contexts) {
        return new Scope(Value.of(contexts), Map.of(), MEMORY);
    }

    public Scope with(Map<String, Function<List<Value>, Value>> more) {
        var all = new TreeMap<>(functions);
        all.putAll(more);
        return new Scope(contexts, all, memory);
    }
}
