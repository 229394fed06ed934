package dev.rondo.loop;

import dev.rondo.journal.JournalCheck;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reactor;
import dev.rondo.journal.Subject;
import dev.rondo.loop.view.JournalView;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;

/** For the operator: how far each reaction is, what is parked and why, and a retry. */
final class JournalPages {

    private final Store store;
    private final Reactor reactor;

    JournalPages(Store store, Reactor reactor) {
        this.store = store;
        this.reactor = reactor;
    }

    void routes(Routes routes) {
        routes.get("/admin/journal", May.ADMIN, this::page);
        routes.get("/api/admin/journal", May.ADMIN, visit -> visit.json(view()));
        routes.post("/admin/journal/retries", May.ADMIN, this::retry);
        routes.post("/admin/journal/checks", May.ADMIN, this::check);
    }

    private JournalView view() {
        long head = store.read(JournalReads::head);
        var lags =
                reactor.lags().stream()
                        .map(lag ->
                                new JournalView.Cursor(lag.reaction(), lag.seq(), head - lag.seq()))
                        .toList();
        var parked =
                reactor.parked().stream()
                        .map(one ->
                                new JournalView.Parked(
                                        one.reaction(),
                                        one.seq(),
                                        one.project(),
                                        one.subject().toString(),
                                        one.error(),
                                        one.at()))
                        .toList();
        return new JournalView(head, lags, parked);
    }

    private void page(Visit visit) {
        visit.page(
                Page.titled(visit.text("loop.journal.title"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.journal"),
                HomePages.TEMPLATES.journal(visit, view()));
    }

    private void retry(Visit visit) {
        var about = visit.param("subject");
        int colon = about.indexOf(':');
        if (colon < 1) {
            throw visit.missing();
        }
        int done =
                reactor.retry(
                        visit.param("reaction"),
                        visit.param("of"),
                        new Subject(about.substring(0, colon), about.substring(colon + 1)));
        visit.notice("loop.journal.retried", done);
        visit.redirect("/admin/journal");
    }

    private void check(Visit visit) {
        var verdict = store.read(JournalCheck::verify);
        if (verdict.whole()) {
            visit.notice("loop.journal.whole", verdict.events());
        } else {
            visit.warning("loop.journal.broken", verdict.problem());
        }
        visit.redirect("/admin/journal");
    }
}
