package dev.rondo.planning;

import dev.rondo.planning.view.BacklogView;
import dev.rondo.store.Store;
import dev.rondo.web.Live;
import dev.rondo.web.May;
import dev.rondo.web.Paging;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Urls;
import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.List;

/** The backlog in its order, and the list of all items with search. */
final class BacklogPages {

    static final String BACKLOG = "planning.menu.backlog";
    static final String ALL = "planning.menu.tickets";
    private static final int PAGE = 50;

    private final Store store;
    private final Live live;
    private final TicketStore tickets;

    BacklogPages(Store store, Live live, TicketStore tickets) {
        this.store = store;
        this.live = live;
        this.tickets = tickets;
    }

    void routes(Routes routes) {
        var base = "/projects/{project}/planning";
        routes.get(base, May.READ, visit -> visit.redirect(Pages.base(visit) + "/backlog"));
        routes.get(base + "/backlog", May.READ, visit -> show(visit, true));
        routes.get(base + "/backlog/list", May.READ, visit -> list(visit, true));
        routes.get(base + "/tickets", May.READ, visit -> show(visit, false));
        routes.get(base + "/tickets/list", May.READ, visit -> list(visit, false));
        routes.post(base + "/tickets/{number}/places", May.WRITE, this::place);
    }

    private void show(Visit visit, boolean backlog) {
        var key = backlog ? BACKLOG : ALL;
        var page =
                Pages.page(visit, visit.text(key), key)
                        .actions(
                                visit.may(May.WRITE)
                                        ? Parts.button(
                                                visit.text("planning.new"),
                                                Pages.base(visit) + "/tickets/new",
                                                "primary")
                                        : Parts.NOTHING);
        var view = view(visit, backlog);
        visit.page(page, Parts.live(visit, Pages.templates().backlog(visit, view)));
    }

    private void list(Visit visit, boolean backlog) {
        visit.fragment(Pages.templates().rows(visit, view(visit, backlog)));
    }

    private BacklogView view(Visit visit, boolean backlog) {
        var asked =
                new BacklogView.Asked(
                        visit.param("type"),
                        visit.param("state"),
                        visit.param("assignee"),
                        visit.param("label"),
                        visit.param("sprint"),
                        visit.param("q").strip());
        var filter =
                new TicketReads.Filter(
                        asked.type(),
                        asked.state(),
                        asked.assignee(),
                        asked.label(),
                        asked.sprint(),
                        asked.q());
        var paging = visit.paging(PAGE);
        var project = visit.project().name();
        record Read(Paging.Slice<Ticket> slice, List<String> labels) {}
        var read =
                store.read(sql ->
                        new Read(
                                backlog
                                        ? TicketReads.backlog(sql, project, filter, paging)
                                        : TicketReads.newest(sql, project, filter, paging),
                                TicketReads.labels(sql, project)));
        var path = Pages.base(visit) + (backlog ? "/backlog" : "/tickets");
        return new BacklogView(
                Pages.base(visit),
                path,
                path + "/list" + query(visit),
                read.slice().map(Pages::row),
                asked,
                read.labels(),
                backlog,
                backlog && !asked.any() && visit.may(May.WRITE),
                visit.may(May.WRITE));
    }

    private static String query(Visit visit) {
        var parts = new ArrayList<String>();
        visit.http()
                .queryParamMap()
                .forEach((name, values) ->
                        values.forEach(
                                value -> parts.add(Urls.encode(name) + "=" + Urls.encode(value))));
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private void place(Visit visit) {
        long number = visit.number("number");
        var place =
                Orders.Place.of(visit.param("place"))
                        .orElseThrow(() ->
                                Refusal.of("planning.order.place", visit.param("place"))
                                        .at("place")
                                        .asException());
        var project = visit.project().name();
        Pages.done(store.write(tx -> tickets.orders().put(tx, project, number, place)));
        // The order is no fact of the journal, so that nobody else tells open pages.
        live.publish(project, "changed", "");
        if (visit.isFragment() || visit.wantsJson()) {
            visit.http().status(204);
        } else {
            visit.redirect(Pages.base(visit) + "/backlog");
        }
    }
}
