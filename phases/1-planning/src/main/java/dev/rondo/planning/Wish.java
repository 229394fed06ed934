package dev.rondo.planning;

import dev.rondo.access.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody wants a work item to be; a field that is empty stays as it is. Made from a form or
 * from JSON, and checked here for both.
 */
record Wish(
        Optional<String> type,
        Optional<String> title,
        Optional<String> description,
        Optional<String> criteria,
        Optional<Long> estimate,
        Optional<String> assignee,
        Optional<Long> parent,
        Optional<String> sprint,
        Optional<List<String>> labels) {

    static Wish titled(String type, String title) {
        return new Wish(
                Optional.of(type),
                Optional.of(title),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Wish describedAs(String text, List<String> tags) {
        return new Wish(
                type,
                title,
                Optional.of(text),
                criteria,
                estimate,
                assignee,
                parent,
                sprint,
                Optional.of(tags));
    }

    /** Labels as they are typed: separated by commas. */
    static List<String> labels(String typed) {
        return clean(List.of(typed.split(",")));
    }

    static List<String> clean(List<String> labels) {
        var clean = new LinkedHashSet<String>();
        for (var label : labels) {
            var word = label.strip().toLowerCase(Locale.ROOT);
            if (!word.isEmpty()) {
                clean.add(word);
            }
        }
        return new ArrayList<>(clean);
    }

    /** What is wrong with it, if anything. */
    Optional<Outcome.Refused<Ticket>> refusal() {
        if (title.isPresent() && title.get().isBlank()) {
            return no("planning.title.missing", "title");
        }
        if (title.isPresent() && title.get().length() > Ticket.TITLE_MOST) {
            return no("planning.title.long", "title", Ticket.TITLE_MOST);
        }
        if (type.isPresent() && !Ticket.TYPES.contains(type.get())) {
            return no("planning.type.unknown", "type", type.get());
        }
        if (description.orElse("").length() > Ticket.TEXT_MOST) {
            return no("planning.text.long", "description", Ticket.TEXT_MOST / 1024);
        }
        if (criteria.orElse("").length() > Ticket.TEXT_MOST) {
            return no("planning.text.long", "criteria", Ticket.TEXT_MOST / 1024);
        }
        if (estimate.isPresent()
                && (estimate.get() < Ticket.NO_ESTIMATE || estimate.get() > Ticket.ESTIMATE_MOST)) {
            return no("planning.estimate.invalid", "estimate", Ticket.ESTIMATE_MOST);
        }
        return labelRefusal();
    }

    private Optional<Outcome.Refused<Ticket>> labelRefusal() {
        var wanted = labels.orElse(List.of());
        if (wanted.size() > Ticket.LABELS_MOST) {
            return no("planning.labels.many", "labels", Ticket.LABELS_MOST);
        }
        if (wanted.stream().anyMatch(label -> label.length() > Ticket.LABEL_MOST)) {
            return no("planning.label.long", "labels", Ticket.LABEL_MOST);
        }
        return Optional.empty();
    }

    private static Optional<Outcome.Refused<Ticket>> no(String key, String field, Object... args) {
        return Optional.of(new Outcome.Refused<>(key, field, List.of(args)));
    }
}
