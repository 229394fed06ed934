package dev.rondo.planning;

import dev.rondo.planning.view.SprintView;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Sprints: planned, active, finished, each with its items and its burndown. */
final class SprintPages {

    static final String MENU = "planning.menu.sprints";
    private static final int ITEMS = 500;

    private final Store store;
    private final SprintStore sprints;

    SprintPages(Store store, SprintStore sprints) {
        this.store = store;
        this.sprints = sprints;
    }

    void routes(Routes routes) {
        var base = "/projects/{project}/planning/sprints";
        routes.get(base, May.READ, this::list);
        routes.post(base, May.WRITE, this::create);
        routes.get(base + "/{id}", May.READ, this::show);
        routes.post(base + "/{id}/state", May.WRITE, this::advance);
    }

    private void list(Visit visit) {
        var project = visit.project().name();
        var base = Pages.base(visit);
        boolean writer = visit.may(May.WRITE);
        var views =
                store.read(sql ->
                        SprintStore.list(sql, project).stream()
                                .map(sprint -> view(sql, project, base, sprint, writer))
                                .toList());
        visit.page(
                Pages.page(visit, visit.text(MENU), MENU),
                Pages.templates().sprints(visit, views, base, writer));
    }

    private void show(Visit visit) {
        var project = visit.project().name();
        var base = Pages.base(visit);
        var id = visit.param("id");
        boolean writer = visit.may(May.WRITE);
        var view =
                store.read(sql ->
                                SprintStore.find(sql, project, id)
                                        .map(it -> view(sql, project, base, it, writer)))
                        .orElseThrow(visit::missing);
        var page =
                Pages.page(visit, view.name(), MENU)
                        .trail(visit.text(MENU), base + "/sprints")
                        .actions(actions(visit, view));
        visit.page(page, Parts.live(visit, Pages.templates().sprint(visit, view)));
    }

    private static gg.jte.Content actions(Visit visit, SprintView view) {
        return view.writer() && !view.state().equals(Sprint.FINISHED)
                ? Pages.templates().sprintaction(visit, view)
                : Parts.NOTHING;
    }

    private static SprintView view(
            Handle sql, String project, String base, Sprint sprint, boolean writer) {
        var tickets =
                TicketReads.inSprint(sql, project, sprint.id(), ITEMS).stream()
                        .filter(ticket -> !ticket.type().equals("epic"))
                        .toList();
        var moments = SprintStore.burndown(sql, sprint.id());
        var burndown = Burndown.of(sprint, moments, Instant.now());
        var done = tickets.stream().filter(ticket -> !ticket.state().isOpen()).toList();
        return new SprintView(
                sprint.id(),
                base,
                sprint.name(),
                sprint.goal(),
                sprint.state(),
                sprint.startsAt(),
                sprint.endsAt(),
                tickets.size(),
                done.size(),
                points(tickets),
                points(done),
                tickets.stream().map(Pages::row).toList(),
                burndown.line(),
                burndown.ideal(),
                writer);
    }

    private static long points(List<Ticket> tickets) {
        return tickets.stream().mapToLong(ticket -> Math.max(0, ticket.estimate())).sum();
    }

    private void create(Visit visit) {
        var project = visit.project().name();
        var actor = visit.caller().account();
        var ends = date(visit);
        var sprint =
                Pages.done(
                        store.write(tx ->
                                sprints.create(
                                        tx,
                                        project,
                                        actor,
                                        visit.param("name"),
                                        visit.param("goal"),
                                        ends)));
        visit.notice("planning.sprint.created", sprint.name());
        visit.redirect(Pages.base(visit) + "/sprints/" + sprint.id());
    }

    private static Instant date(Visit visit) {
        var text = visit.param("ends");
        if (text.isBlank()) {
            return Instant.EPOCH;
        }
        try {
            return LocalDate.parse(text).plusDays(1).atStartOfDay(visit.zone()).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.of("planning.sprint.date", text).at("ends").asException();
        }
    }

    private void advance(Visit visit) {
        var project = visit.project().name();
        var actor = visit.caller().account();
        var id = visit.param("id");
        var to = visit.param("state");
        var sprint = Pages.done(store.write(tx -> sprints.advance(tx, project, id, actor, to)));
        visit.notice("planning.sprint." + sprint.state() + ".now", sprint.name());
        visit.redirect(Pages.base(visit) + "/sprints/" + id);
    }
}
