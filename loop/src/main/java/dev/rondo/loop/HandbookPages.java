package dev.rondo.loop;

import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;

/** A page per phase that explains it: what, why, an example, and what it hands to the next. */
final class HandbookPages {

    void routes(Routes routes) {
        routes.get("/handbook", May.SIGNED_IN, this::contents);
        routes.get("/handbook/{place}", May.SIGNED_IN, this::chapter);
    }

    private void contents(Visit visit) {
        visit.page(
                Page.titled(visit.text("loop.handbook.title"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.handbook"),
                HomePages.TEMPLATES.handbook(visit));
    }

    private void chapter(Visit visit) {
        long place = visit.number("place");
        if (place < 1 || place > 8) {
            throw visit.missing();
        }
        visit.page(
                Page.titled(visit.text("web.phase." + place))
                        .style(HomePages.STYLE)
                        .trail(visit.text("loop.handbook.title"), "/handbook")
                        .menu("loop.menu.handbook"),
                HomePages.TEMPLATES.chapter(visit, (int) place));
    }
}
