package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.loop.view.TimelineView;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Map;

/** The project's own history from the journal, and the history of DevOps beside it. */
final class TimelinePages {

    private static final int SIZE = 50;
    private static final int API_SIZE = 500;

    private final Store store;

    TimelinePages(Store store) {
        this.store = store;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/timeline", May.READ, this::timeline);
        routes.get("/api/projects/{project}/events", May.READ, this::events);
        routes.get("/history", May.SIGNED_IN, this::history);
    }

    private void timeline(Visit visit) {
        long before =
                visit.query("before")
                        .filter(text -> text.matches("\\d{1,18}"))
                        .map(Long::parseLong)
                        .orElse(Long.MAX_VALUE);
        List<Event> events =
                store.read(
                        sql -> JournalReads.before(sql, visit.project().name(), before, SIZE + 1));
        boolean more = events.size() > SIZE;
        var shown = more ? events.subList(0, SIZE) : events;
        var view =
                new TimelineView(
                        TimelineDrawing.draw(visit, shown),
                        shown.stream().map(event -> HomePages.entry(visit, event)).toList(),
                        more ? shown.getLast().seq() : 0,
                        History.milestones());
        visit.page(
                Page.titled(visit.text("loop.timeline.title"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.timeline"),
                HomePages.TEMPLATES.timeline(visit, view));
    }

    /** Events behind a position, oldest first, for programs that follow along. */
    private void events(Visit visit) {
        long after = visit.query("after").isPresent() ? visit.number("after") : 0;
        var project = visit.project().name();
        visit.json(
                store.read(sql -> JournalReads.behind(sql, project, after, API_SIZE)).stream()
                        .map(TimelinePages::json)
                        .toList());
    }

    private static Map<String, Object> json(Event event) {
        return Map.of(
                "seq", event.seq(),
                "id", event.id(),
                "kind", event.kind(),
                "subject", event.subject().toString(),
                "actor", event.actor(),
                "at", event.at().toString(),
                "causes", event.causes(),
                "data", Pretty.tree(event.payload()));
    }

    private void history(Visit visit) {
        visit.page(
                Page.titled(visit.text("loop.history.title"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.history"),
                HomePages.TEMPLATES.history(visit, History.milestones()));
    }
}
