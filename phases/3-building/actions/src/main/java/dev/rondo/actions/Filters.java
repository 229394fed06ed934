package dev.rondo.actions;

import java.util.ArrayList;
import java.util.List;

/**
 * What github.com says of an event's filters beyond the language itself ("Using filters"): what is
 * to be taken and what is to be left out cannot both be named.
 */
final class Filters {
    private static final List<String> KINDS = List.of("branches", "tags", "paths");

    private Filters() {}

    static List<Mistake> mistakes(Triggers on) {
        var mistakes = new ArrayList<Mistake>();
        for (String event : on.events().keySet()) {
            Template.Mapping filters = on.filters(event);
            for (String kind : KINDS) {
                if (filters.get(kind).isPresent()) {
                    filters.entries().stream()
                            .filter(entry -> entry.name().equals(kind + "-ignore"))
                            .forEach(entry -> mistakes.add(mistake(kind, entry)));
                }
            }
        }
        return mistakes;
    }

    private static Mistake mistake(String kind, Template.Entry entry) {
        return new Mistake(
                entry.key().at(),
                "you may only define one of `%s` and `%s-ignore` for a single event"
                        .formatted(kind, kind));
    }
}
