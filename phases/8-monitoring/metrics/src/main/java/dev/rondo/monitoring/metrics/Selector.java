package dev.rondo.monitoring.metrics;

import dev.rondo.telemetry.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which series are asked for: a figure's name and what its labels must be. A label that a series
 * does not carry has the empty value, as in Prometheus.
 */
public record Selector(String name, List<Condition> conditions) {

    /** The label's value must be one of these. */
    public record Condition(String label, Set<String> values) {
        public Condition {
            values = Set.copyOf(values);
        }
    }

    public Selector {
        conditions = List.copyOf(conditions);
    }

    public static Selector of(String name) {
        return new Selector(name, List.of());
    }

    /** This selector, narrowed to series whose label has one of the values. */
    public Selector where(String label, String... values) {
        var more = new ArrayList<>(conditions);
        more.add(new Condition(label, Set.copyOf(List.of(values))));
        return new Selector(name, more);
    }

    boolean matches(Labels labels) {
        for (var condition : conditions) {
            if (!condition.values().contains(labels.get(condition.label()))) {
                return false;
            }
        }
        return true;
    }
}
