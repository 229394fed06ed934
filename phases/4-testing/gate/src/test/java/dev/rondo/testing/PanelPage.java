package dev.rondo.testing;

import dev.rondo.journal.Subject;
import dev.rondo.web.May;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;

/** Stands in for the pages of other phases: shows the panels of any subject. */
final class PanelPage {
    private PanelPage() {}

    static void register(Routes routes) {
        routes.get(
                "/projects/{project}/panels/{kind}/{id}",
                May.READ,
                visit ->
                        visit.page(
                                "panels",
                                Parts.panels(
                                        visit,
                                        Subject.of(visit.param("kind"), visit.param("id")))));
    }
}
