package dev.rondo.planning;

import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.access.Projects;
import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.planning.view.TicketForm;
import dev.rondo.planning.view.TicketView;
import dev.rondo.store.Store;
import dev.rondo.web.Field;
import dev.rondo.web.Markdown;
import dev.rondo.web.May;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** One work item: its page, its form, its remarks. */
final class TicketPages {

    private static final int COMMENTS = 500;
    private static final int EVENTS = 500;

    private final Store store;
    private final TicketStore tickets;

    TicketPages(Store store, TicketStore tickets) {
        this.store = store;
        this.tickets = tickets;
    }

    void routes(Routes routes) {
        var base = "/projects/{project}/planning/tickets";
        routes.get(base + "/new", May.WRITE, visit -> newForm(visit, Optional.empty()));
        routes.post(base, May.WRITE, this::create);
        routes.get(base + "/{number}", May.READ, this::show);
        routes.get(base + "/{number}/form", May.WRITE, visit -> form(visit, Optional.empty()));
        routes.post(base + "/{number}", May.WRITE, this::update);
        routes.post(base + "/{number}/comments", May.READ, this::comment);
    }

    // ---- The page -----------------------------------------------------------------------------

    /** What the page reads, in one go. */
    private record Found(
            Ticket ticket,
            Optional<Ticket> parent,
            List<Ticket> children,
            List<TicketReads.Comment> comments,
            List<Subject> links,
            List<Event> events,
            List<Sprint> sprints,
            Optional<Sprint> sprint) {}

    private void show(Visit visit) {
        long number = visit.number("number");
        var project = visit.project();
        var found = store.read(sql -> find(sql, project, number)).orElseThrow(visit::missing);
        var ticket = found.ticket();
        var page =
                Pages.page(visit, "#" + number + " " + ticket.title(), BacklogPages.ALL)
                        .trail(visit.text(BacklogPages.BACKLOG), Pages.base(visit) + "/backlog")
                        .actions(
                                visit.may(May.WRITE)
                                        ? Parts.button(
                                                visit.text("web.edit"),
                                                Pages.ticket(project.name(), number) + "/form",
                                                "")
                                        : Parts.NOTHING);
        visit.page(
                page,
                Parts.live(
                        visit,
                        Subject.of("ticket", number),
                        Pages.templates().ticket(visit, view(visit, found))));
    }

    private static Optional<Found> find(Handle sql, Project project, long number) {
        var name = project.name();
        return TicketReads.find(sql, name, number)
                .map(ticket ->
                        new Found(
                                ticket,
                                TicketReads.find(sql, name, ticket.parent()),
                                TicketReads.children(sql, name, number),
                                TicketReads.comments(sql, name, number, COMMENTS),
                                TicketReads.links(sql, name, number),
                                JournalReads.of(sql, name, Subject.of("ticket", number), EVENTS),
                                SprintStore.unfinished(sql, name),
                                SprintStore.find(sql, name, ticket.sprint())));
    }

    private static TicketView view(Visit visit, Found found) {
        var ticket = found.ticket();
        var mentions = Pages.mentions(visit);
        return new TicketView(
                Pages.row(ticket),
                Pages.base(visit),
                ticket.description().isBlank()
                        ? Parts.NOTHING
                        : Markdown.content(ticket.description(), mentions),
                ticket.criteria(),
                found.parent().map(Pages::row),
                found.children().stream().map(Pages::row).toList(),
                ticket.sprint(),
                found.sprint().map(Sprint::name).orElse(""),
                ticket.assignee(),
                ticket.createdBy(),
                ticket.createdAt(),
                found.comments().stream()
                        .map(remark ->
                                new TicketView.Comment(
                                        remark.author(),
                                        Markdown.content(remark.body(), mentions),
                                        remark.at()))
                        .toList(),
                found.links().stream().map(subject -> link(visit, subject)).toList(),
                History.lines(visit, found.events()),
                found.sprints().stream()
                        .map(sprint -> new TicketView.Choice(sprint.id(), sprint.name()))
                        .toList(),
                State.words(),
                visit.may(May.WRITE));
    }

    private static TicketView.Link link(Visit visit, Subject subject) {
        var shown =
                switch (subject.kind()) {
                    case "ticket", "incident" -> "#" + subject.id();
                    case "change", "rollout" ->
                            subject.id().substring(0, Math.min(8, subject.id().length()));
                    default -> subject.id();
                };
        return new TicketView.Link(
                visit.textOr("planning.link." + subject.kind(), subject.kind()),
                shown,
                visit.link(subject));
    }

    // ---- Forms --------------------------------------------------------------------------------

    private void newForm(Visit visit, Optional<Refusal> refusal) {
        var title = visit.text("planning.new");
        var page =
                Pages.page(visit, title, BacklogPages.BACKLOG)
                        .trail(visit.text(BacklogPages.BACKLOG), Pages.base(visit) + "/backlog")
                        .status(refusal.map(Refusal::status).orElse(200));
        var back = Pages.base(visit) + "/backlog";
        visit.page(
                page,
                Pages.templates()
                        .ticketform(
                                visit,
                                new TicketForm(
                                        title,
                                        Pages.base(visit) + "/tickets",
                                        back,
                                        fields(visit, Optional.empty(), refusal))));
    }

    private void form(Visit visit, Optional<Refusal> refusal) {
        long number = visit.number("number");
        var project = visit.project().name();
        var ticket =
                store.read(sql -> TicketReads.find(sql, project, number))
                        .orElseThrow(visit::missing);
        var path = Pages.ticket(project, number);
        var title = visit.text("planning.edit", number);
        var page =
                Pages.page(visit, title, BacklogPages.ALL)
                        .trail("#" + number + " " + ticket.title(), path)
                        .status(refusal.map(Refusal::status).orElse(200));
        visit.page(
                page,
                Pages.templates()
                        .ticketform(
                                visit,
                                new TicketForm(
                                        title,
                                        path,
                                        path,
                                        fields(visit, Optional.of(ticket), refusal))));
    }

    private List<Field> fields(Visit visit, Optional<Ticket> ticket, Optional<Refusal> refusal) {
        var project = visit.project().name();
        record Offer(List<Ticket> epics, List<Sprint> sprints, List<String> people) {}
        var offer =
                store.read(sql ->
                        new Offer(
                                TicketReads.epics(sql, project),
                                SprintStore.unfinished(sql, project),
                                Projects.members(sql, project).stream()
                                        .map(member -> member.account())
                                        .toList()));
        var types = new ArrayList<Field.Choice>();
        for (var type : List.of("story", "task", "bug", "epic")) {
            types.add(new Field.Choice(type, visit.text("planning.type." + type)));
        }
        var people = choices(visit, offer.people(), name -> name, name -> name);
        var sprints = choices(visit, offer.sprints(), Sprint::id, Sprint::name);
        var epics =
                choices(
                        visit,
                        offer.epics(),
                        epic -> String.valueOf(epic.number()),
                        epic -> "#" + epic.number() + " " + epic.title());
        var fields =
                List.of(
                        Field.text("title", "planning.field.title")
                                .most(Ticket.TITLE_MOST)
                                .required()
                                .focused(),
                        Field.select("type", "planning.field.type", types),
                        Field.area("description", "planning.field.description")
                                .rows(8)
                                .hint("planning.field.description.hint"),
                        Field.area("criteria", "planning.field.criteria")
                                .rows(6)
                                .hint("planning.field.criteria.hint"),
                        Field.number("estimate", "planning.field.estimate"),
                        Field.text("labels", "planning.field.labels")
                                .hint("planning.field.labels.hint"),
                        Field.select("assignee", "planning.field.assignee", people),
                        Field.select("sprint", "planning.field.sprint", sprints),
                        Field.select("parent", "planning.field.parent", epics));
        fields.forEach(field ->
                field.value(FormWish.value(visit, field.name(), ticket)).error(visit, refusal));
        return fields;
    }

    private static <T> List<Field.Choice> choices(
            Visit visit,
            List<T> values,
            java.util.function.Function<T, String> value,
            java.util.function.Function<T, String> title) {
        var choices = new ArrayList<Field.Choice>();
        choices.add(new Field.Choice("", visit.text("web.none")));
        values.forEach(one -> choices.add(new Field.Choice(value.apply(one), title.apply(one))));
        return choices;
    }

    // ---- Actions ------------------------------------------------------------------------------

    private void create(Visit visit) {
        var wish = FormWish.of(visit);
        var project = visit.project().name();
        var actor = visit.caller().account();
        boolean top = visit.param("place").equals("top");
        var start = new TicketStore.Start(State.BACKLOG, top, List.of());
        switch (store.write(tx -> tickets.create(tx, project, actor, wish, start))) {
            case Outcome.Done<Ticket> done -> {
                visit.notice("planning.created", done.value().number(), done.value().title());
                visit.redirect(
                        visit.param("back").equals("backlog")
                                ? Pages.base(visit) + "/backlog"
                                : Pages.ticket(project, done.value().number()));
            }
            case Outcome.Refused<Ticket> refused ->
                    newForm(visit, Optional.of(Refusal.of(refused)));
        }
    }

    private void update(Visit visit) {
        long number = visit.number("number");
        var wish = FormWish.of(visit);
        var project = visit.project().name();
        var actor = visit.caller().account();
        switch (store.write(tx -> tickets.update(tx, project, number, actor, wish))) {
            case Outcome.Done<Ticket> done -> {
                visit.notice("planning.updated", number);
                visit.redirect(Pages.ticket(project, number));
            }
            case Outcome.Refused<Ticket> refused -> form(visit, Optional.of(Refusal.of(refused)));
        }
    }

    private void comment(Visit visit) {
        long number = visit.number("number");
        var project = visit.project().name();
        var author = visit.caller().account();
        var body = visit.param("body");
        Pages.done(store.write(tx -> tickets.comment(tx, project, number, author, body)));
        visit.redirect(Pages.ticket(project, number) + "#comments");
    }
}
