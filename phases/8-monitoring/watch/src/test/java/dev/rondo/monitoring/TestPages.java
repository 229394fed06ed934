package dev.rondo.monitoring;

import dev.rondo.journal.Subject;
import dev.rondo.web.May;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;

/** A page of another phase, with the panels about any subject. */
final class TestPages {

    private TestPages() {}

    static void register(Routes routes) {
        routes.get(
                "/projects/{project}/panels",
                May.READ,
                visit ->
                        visit.page(
                                "panels",
                                Parts.panels(
                                        visit,
                                        Subject.of(visit.param("kind"), visit.param("id")))));
    }
}
