package dev.rondo.planning;

import dev.rondo.planning.view.BoardView;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The Kanban board, of all work or of the active sprint, with limits of work in progress. */
final class BoardPages {

    static final String MENU = "planning.menu.board";
    private static final int CARDS = 60;

    private final Store store;
    private final Moves moves;

    BoardPages(Store store, Moves moves) {
        this.store = store;
        this.moves = moves;
    }

    void routes(Routes routes) {
        var base = "/projects/{project}/planning/board";
        routes.get(base, May.READ, this::show);
        routes.get(base + "/columns", May.READ, this::columns);
        routes.post(base + "/limits", May.OWN, this::limit);
        routes.post("/projects/{project}/planning/tickets/{number}/moves", May.WRITE, this::move);
    }

    private void show(Visit visit) {
        var view = view(visit);
        visit.page(
                Pages.page(visit, visit.text(MENU), MENU).wide(),
                Parts.live(visit, Pages.templates().board(visit, view)));
    }

    private void columns(Visit visit) {
        visit.fragment(Pages.templates().columns(visit, view(visit)));
    }

    private BoardView view(Visit visit) {
        boolean narrowed = visit.query("sprint").isPresent();
        var project = visit.project().name();
        return store.read(sql -> read(sql, visit, project, narrowed));
    }

    private static BoardView read(Handle sql, Visit visit, String project, boolean narrowed) {
        var active = SprintStore.active(sql, project);
        Optional<Sprint> sprint = narrowed ? active : Optional.empty();
        var limits = Moves.limits(sql, project);
        var counts = TicketReads.counts(sql, project);
        var columns = new ArrayList<BoardView.Column>();
        for (var state : State.values()) {
            var cards =
                    TicketReads.inState(
                            sql, project, state, sprint.map(Sprint::id).orElse(""), CARDS + 1);
            var shown = cards.subList(0, Math.min(CARDS, cards.size()));
            long all = sprint.isPresent() ? cards.size() : counts.getOrDefault(state, 0L);
            columns.add(
                    new BoardView.Column(
                            state.word(),
                            all,
                            limits.getOrDefault(state, Moves.NO_LIMIT),
                            shown.stream().map(Pages::row).toList(),
                            Math.max(0, cards.size() > CARDS ? all - CARDS : 0),
                            state.isOpen()));
        }
        return new BoardView(
                Pages.base(visit),
                sprint.isPresent() ? "?sprint" : "",
                columns,
                sprint.map(Sprint::name).orElse(""),
                active.isPresent(),
                visit.may(May.WRITE),
                visit.may(May.OWN));
    }

    private void move(Visit visit) {
        long number = visit.number("number");
        var to = Pages.state(visit, "to");
        var project = visit.project().name();
        var actor = visit.caller().account();
        var ticket =
                Pages.done(store.write(tx -> moves.byHand(tx, project, number, to, actor, "hand")));
        if (visit.isFragment() || visit.wantsJson()) {
            visit.http().status(204);
            return;
        }
        visit.notice("planning.moved", number, visit.text("planning.state." + to.word()));
        visit.redirect(
                visit.param("back").equals("board")
                        ? Pages.base(visit) + "/board"
                        : Pages.ticket(project, ticket.number()));
    }

    private void limit(Visit visit) {
        var state = Pages.state(visit, "state");
        long most = visit.number("most");
        var project = visit.project().name();
        Pages.done(store.write(tx -> moves.limit(tx, project, state, most)));
        visit.notice("planning.wip.set", visit.text("planning.state." + state.word()));
        visit.redirect(Pages.base(visit) + "/board");
    }
}
