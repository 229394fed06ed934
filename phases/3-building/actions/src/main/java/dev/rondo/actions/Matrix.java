package dev.rondo.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The combinations of a job's matrix in GitHub's order: the first key varies slowest; what is
 * excluded goes; each include adds to every combination whose own values it does not overwrite, or
 * stands alone.
 */
public final class Matrix {
    /** GitHub's limit for one job. */
    public static final int MAX_JOBS = 256;

    private Matrix() {}

    /**
     * Expands the evaluated {@code strategy.matrix}. Throws {@link ExpressionFault} where it is no
     * matrix or has too many combinations.
     */
    public static List<Map<String, Value>> combinations(String job, Value matrix) {
        return combinations(
                matrix,
                count ->
                        "Strategy expansion exceeded %d results for job '%s'"
                                .formatted(MAX_JOBS, job));
    }

    /** As the other, where no job is known. */
    public static List<Map<String, Value>> combinations(Value matrix) {
        return combinations(
                matrix,
                count ->
                        "The matrix has %d combinations; at most %d are allowed"
                                .formatted(count, MAX_JOBS));
    }

    private static List<Map<String, Value>> combinations(
            Value matrix, LongFunction<String> tooMany) {
        if (!(matrix instanceof Value.Obj keys)) {
            throw ExpressionFault.evaluation(
                    "The matrix must be a mapping, but it is of the kind " + matrix.kind());
        }
        List<Map<String, Value>> combinations = product(keys, tooMany);
        List<Value> excluded = items(keys.at("exclude"));
        combinations.removeIf(one -> excluded.stream().anyMatch(e -> covers(e, one)));
        include(combinations, items(keys.at("include")));
        if (combinations.size() > MAX_JOBS) {
            throw ExpressionFault.evaluation(tooMany.apply(combinations.size()));
        }
        return List.copyOf(combinations);
    }

    private static List<Map<String, Value>> product(Value.Obj keys, LongFunction<String> tooMany) {
        List<Map<String, Value>> all = new ArrayList<>();
        boolean any = false;
        for (Map.Entry<String, Value> entry : keys.entries().entrySet()) {
            String key = entry.getKey();
            if (key.equals("include") || key.equals("exclude")) {
                continue;
            }
            List<Value> values = items(entry.getValue());
            if (values.isEmpty()) {
                throw ExpressionFault.evaluation(
                        "Matrix vector '" + key + "' does not contain any values");
            }
            if (!any) {
                all.add(Map.of());
                any = true;
            }
            // the product is bounded before it is made; excludes may bring it down by a factor
            if ((long) all.size() * values.size() > MAX_JOBS * 16L) {
                throw ExpressionFault.evaluation(tooMany.apply((long) all.size() * values.size()));
            }
            all = times(all, key, values);
        }
        return all;
    }

    private static List<Map<String, Value>> times(
            List<Map<String, Value>> before, String key, List<Value> values) {
        var all = new ArrayList<Map<String, Value>>();
        for (Map<String, Value> one : before) {
            for (Value value : values) {
                var more = new LinkedHashMap<>(one);
                more.put(key, value);
                all.add(more);
            }
        }
        return all;
    }

    private static void include(List<Map<String, Value>> combinations, List<Value> includes) {
        var originals = new ArrayList<Map<String, Value>>();
        combinations.forEach(one -> originals.add(Map.copyOf(one)));
        for (Value include : includes) {
            if (!(include instanceof Value.Obj more)) {
                throw ExpressionFault.evaluation("Each include of a matrix must be a mapping");
            }
            boolean placed = false;
            for (int i = 0; i < originals.size(); i++) {
                if (fits(more, originals.get(i))) {
                    combinations.get(i).putAll(more.entries());
                    placed = true;
                }
            }
            if (!placed) {
                combinations.add(new LinkedHashMap<>(more.entries()));
            }
        }
    }

    /** True where no value of the combination itself would be overwritten. */
    private static boolean fits(Value.Obj include, Map<String, Value> original) {
        return include.entries().entrySet().stream()
                .allMatch(e ->
                        Optional.ofNullable(original.get(e.getKey()))
                                .map(v -> same(v, e.getValue()))
                                .orElse(true));
    }

    private static boolean covers(Value exclude, Map<String, Value> one) {
        return exclude instanceof Value.Obj filter
                && filter.entries().entrySet().stream()
                        .allMatch(e ->
                                one.containsKey(e.getKey())
                                        && same(
                                                one.getOrDefault(e.getKey(), Value.NOTHING),
                                                e.getValue()));
    }

    private static boolean same(Value left, Value right) {
        return left.primitive()
                ? Comparison.equal(left, right)
                : left.toJson().equals(right.toJson());
    }

    private static List<Value> items(Value value) {
        return switch (value) {
            case Value.Arr list -> list.items();
            case Value.Nothing n -> List.of();
            default -> List.of(value);
        };
    }

    /** What GitHub puts behind a job's name: {@code (18, linux)}. */
    public static String suffix(Map<String, Value> combination) {
        var parts = new ArrayList<String>();
        combination.values().forEach(value -> collect(value, parts));
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private static void collect(Value value, List<String> parts) {
        switch (value) {
            case Value.Arr list -> list.items().forEach(item -> collect(item, parts));
            case Value.Obj object ->
                    object.entries().values().forEach(item -> collect(item, parts));
            default -> parts.add(value.text());
        }
    }
}
