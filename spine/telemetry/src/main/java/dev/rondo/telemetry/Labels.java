package dev.rondo.telemetry;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Label names with their values, sorted by name. One metric always carries the same names. */
public record Labels(SortedMap<String, String> pairs) {

    public static final Labels NONE = new Labels(new TreeMap<>());

    public Labels {
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("labels come in pairs of name and value");
        }
        var pairs = new TreeMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Labels(pairs);
    }

    public static Labels of(Map<String, String> pairs) {
        return new Labels(new TreeMap<>(pairs));
    }

    /** The value of a label, or the empty string, as Prometheus has it. */
    public String get(String name) {
        return pairs.getOrDefault(name, "");
    }

    String[] names() {
        return pairs.keySet().toArray(String[]::new);
    }

    String[] values() {
        return pairs.values().toArray(String[]::new);
    }
}
