package dev.rondo.loop;

import dev.rondo.journal.JournalReads;
import dev.rondo.loop.view.HomeView;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.List;

/** The project's own history from the journal, and the history of DevOps beside it. */
final class TimelinePages {

    private static final int SIZE = 50;

    private final Store store;

    TimelinePages(Store store) {
        this.store = store;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/timeline", May.READ, this::timeline);
        routes.get("/history", May.SIGNED_IN, this::history);
    }

    private void timeline(Visit visit) {
        long before =
                visit.query("before")
                        .filter(text -> text.matches("\\d{1,18}"))
                        .map(Long::parseLong)
                        .orElse(Long.MAX_VALUE);
        List<HomeView.Entry> entries =
                store.read(sql ->
                        JournalReads.before(sql, visit.project().name(), before, SIZE + 1).stream()
                                .map(event -> HomePages.entry(visit, event))
                                .toList());
        boolean more = entries.size() > SIZE;
        var shown = more ? entries.subList(0, SIZE) : entries;
        visit.page(
                Page.titled(visit.text("loop.timeline.title")).menu("loop.menu.timeline"),
                HomePages.TEMPLATES.timeline(visit, shown, more ? shown.getLast().seq() : 0));
    }

    private void history(Visit visit) {
        visit.page(
                Page.titled(visit.text("loop.history.title")).menu("loop.menu.history"),
                HomePages.TEMPLATES.history(visit, History.milestones()));
    }
}
