package dev.rondo.planning;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Subject;
import dev.rondo.planning.pages.DynamicTemplates;
import dev.rondo.planning.pages.StaticTemplates;
import dev.rondo.planning.pages.Templates;
import dev.rondo.planning.view.TicketRow;
import dev.rondo.web.Markdown;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Reload;
import dev.rondo.web.Visit;
import java.util.Optional;

/** What all pages of planning share: paths, rows, mentions, the templates. */
final class Pages {

    static final String STYLE = "planning/planning.css";
    static final String SCRIPT = "planning/planning.js";

    private static final Templates TEMPLATES =
            Reload.templates("phases/1-planning", StaticTemplates::new, DynamicTemplates::new);

    private Pages() {}

    static Templates templates() {
        return TEMPLATES;
    }

    static String base(Visit visit) {
        return "/projects/" + visit.project().name() + "/planning";
    }

    static String ticket(String project, long number) {
        return "/projects/" + project + "/planning/tickets/" + number;
    }

    static Page page(Visit visit, String title, String menu) {
        return Page.titled(title)
                .trail(visit.project().title(), "/projects/" + visit.project().name())
                .menu(menu)
                .style(STYLE)
                .script(SCRIPT);
    }

    static TicketRow row(Ticket ticket) {
        return new TicketRow(
                ticket.number(),
                ticket.type(),
                ticket.title(),
                ticket(ticket.project(), ticket.number()),
                ticket.state().word(),
                ticket.estimate() == Ticket.NO_ESTIMATE ? "" : String.valueOf(ticket.estimate()),
                ticket.assignee(),
                ticket.labels(),
                ticket.state().isOpen());
    }

    /** Numbers lead to items, commit ids to what coding shows of them. */
    static Markdown.Mentions mentions(Visit visit) {
        return new Markdown.Mentions() {
            @Override
            public Optional<String> ticket(long number) {
                return Optional.of(Pages.ticket(visit.project().name(), number));
            }

            @Override
            public Optional<String> commit(String id) {
                return id.length() == 40 ? visit.link(Subject.of("change", id)) : Optional.empty();
            }
        };
    }

    /** The value, or the refusal as what the handler throws. */
    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.Refused<T> refused -> throw Refusal.of(refused).asException();
        };
    }

    static State state(Visit visit, String name) {
        var word = visit.param(name);
        return State.of(word)
                .orElseThrow(() ->
                        Refusal.of("planning.state.unknown", word, String.join(", ", State.words()))
                                .at(name)
                                .asException());
    }
}
