package dev.rondo.planning;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.planning.view.TicketView;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Optional;

/** What happened to an item, in the reader's language, newest first. */
final class History {

    private static final int SHORT_ID = 8;

    private History() {}

    static List<TicketView.Line> lines(Visit visit, List<Event> events) {
        return events.reversed().stream().flatMap(event -> line(visit, event).stream()).toList();
    }

    private static Optional<TicketView.Line> line(Visit visit, Event event) {
        return text(visit, event.fact())
                .map(text ->
                        new TicketView.Line(
                                event.actor(),
                                text,
                                event.at(),
                                event.actor().startsWith("rondo:")));
    }

    private static Optional<String> text(Visit visit, Fact fact) {
        return switch (fact) {
            case Fact.TicketCreated made -> Optional.of(visit.text("planning.history.created"));
            case Fact.TicketCommented remark ->
                    Optional.of(visit.text("planning.history.commented"));
            case Fact.TicketMoved moved ->
                    Optional.of(
                            visit.text(
                                            "planning.history.moved",
                                            visit.text("planning.state." + moved.from()),
                                            visit.text("planning.state." + moved.to()))
                                    + reason(visit, moved.reason()));
            case Fact.TicketUpdated updated ->
                    Optional.of(
                            visit.text(
                                    "planning.history.updated",
                                    String.join(
                                            ", ",
                                            updated.changes().keySet().stream()
                                                    .map(field -> field(visit, field))
                                                    .toList())));
            default -> Optional.empty();
        };
    }

    private static String field(Visit visit, String field) {
        return visit.textOr("planning.field." + field, field);
    }

    /** Reasons are kept as words: {@code commit:ID}, {@code gate:RUN}, {@code deployed:ENV:V}. */
    private static String reason(Visit visit, String reason) {
        var parts = reason.split(":", 3);
        return switch (parts[0]) {
            case "commit" ->
                    " · "
                            + visit.text(
                                    "planning.reason.commit",
                                    parts[1].substring(0, Math.min(SHORT_ID, parts[1].length())));
            case "gate" -> " · " + visit.text("planning.reason.gate");
            case "deployed" ->
                    " · "
                            + visit.text(
                                    "planning.reason.deployed",
                                    parts[1],
                                    parts.length > 2 ? parts[2] : "");
            case "command" -> " · " + visit.text("planning.reason.command");
            default -> "";
        };
    }
}
