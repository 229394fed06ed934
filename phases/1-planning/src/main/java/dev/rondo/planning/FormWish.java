package dev.rondo.planning;

import dev.rondo.web.Refusal;
import dev.rondo.web.Visit;
import java.util.Optional;

/** Reads a form into a wish, and an item into the fields of a form. */
final class FormWish {

    private FormWish() {}

    static Wish of(Visit visit) {
        return new Wish(
                sent(visit, "type"),
                sent(visit, "title"),
                sent(visit, "description"),
                sent(visit, "criteria"),
                sent(visit, "estimate").map(text -> number(text, "estimate", Ticket.NO_ESTIMATE)),
                sent(visit, "assignee"),
                sent(visit, "parent").map(text -> number(text, "parent", 0)),
                sent(visit, "sprint"),
                sent(visit, "labels").map(Wish::labels));
    }

    /** What a field of the form shows: what was just sent, else what the item has. */
    static String value(Visit visit, String name, Optional<Ticket> ticket) {
        return sent(visit, name)
                .or(() -> ticket.map(there -> value(there, name)))
                .or(() -> visit.query(name))
                .orElse("");
    }

    private static String value(Ticket ticket, String name) {
        return switch (name) {
            case "title" -> ticket.title();
            case "type" -> ticket.type();
            case "description" -> ticket.description();
            case "criteria" -> ticket.criteria();
            case "estimate" ->
                    ticket.estimate() == Ticket.NO_ESTIMATE
                            ? ""
                            : String.valueOf(ticket.estimate());
            case "assignee" -> ticket.assignee();
            case "sprint" -> ticket.sprint();
            case "parent" -> ticket.parent() == 0 ? "" : String.valueOf(ticket.parent());
            case "labels" -> String.join(", ", ticket.labels());
            default -> throw new IllegalArgumentException("no field " + name);
        };
    }

    /** A field that is there, also when it is empty: that is a wish, too. */
    private static Optional<String> sent(Visit visit, String name) {
        if (!visit.http().isFormUrlencoded()) {
            return Optional.empty();
        }
        return Optional.ofNullable(visit.http().formParam(name))
                .map(text -> text.replace("\r\n", "\n"));
    }

    private static long number(String text, String field, long whenEmpty) {
        if (text.isBlank()) {
            return whenEmpty;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw Refusal.of("web.number.invalid", text).at(field).asException();
        }
    }
}
