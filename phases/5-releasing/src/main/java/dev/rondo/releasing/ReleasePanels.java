package dev.rondo.releasing;

import dev.rondo.journal.Subject;
import dev.rondo.phase.Spine;
import dev.rondo.releasing.pages.Templates;
import dev.rondo.web.May;
import dev.rondo.web.Panel;
import dev.rondo.web.Parts;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What releasing shows on other phases' pages. */
record ReleasePanels(Spine spine, Templates templates) {

    private static final String TITLE = "releasing.panel.releases";

    List<Panel> panels() {
        return List.of(
                Panel.on("ticket", 50, TITLE, May.READ, this::ofTicket),
                Panel.on("change", 50, TITLE, May.READ, (v, s) -> madeFrom(v, "commit_id", s)),
                Panel.on("pipelinerun", 50, TITLE, May.READ, (v, s) -> madeFrom(v, "run", s)),
                Panel.on("gate", 50, TITLE, May.READ, (v, s) -> madeFrom(v, "run", s)),
                Panel.on("service", 50, TITLE, May.READ, this::ofService));
    }

    private interface Find {
        List<Release> in(Handle sql, String project);
    }

    private Content show(Visit visit, Find find) {
        var project = visit.project().name();
        var lines =
                spine.store()
                        .read(sql -> {
                            var places = GateStore.places(sql, project);
                            return find.in(sql, project).stream()
                                    .map(release -> ReleaseViews.line(release, places))
                                    .toList();
                        });
        return lines.isEmpty() ? Parts.NOTHING : templates.releasePanel(visit, lines);
    }

    private Content ofTicket(Visit visit, Subject subject) {
        var number = Long.parseLong(subject.id());
        return show(visit, (sql, project) -> ReleaseStore.ofTicket(sql, project, number));
    }

    private Content madeFrom(Visit visit, String column, Subject subject) {
        return show(
                visit, (sql, project) -> ReleaseStore.madeFrom(sql, project, column, subject.id()));
    }

    /** What lives there, what is bad and kept out, and what waits. */
    private Content ofService(Visit visit, Subject subject) {
        return show(
                visit,
                (sql, project) -> {
                    var living =
                            GateStore.places(sql, project).stream()
                                    .filter(place ->
                                            subject.id()
                                                    .equals(
                                                            place.service()
                                                                    + "/"
                                                                    + place.environment()))
                                    .map(GateStore.Place::version)
                                    .toList();
                    return ReleaseStore.page(sql, project, "", 10).stream()
                            .filter(r ->
                                    living.contains(r.version())
                                            || r.state() == ReleaseState.RECALLED
                                            || r.state() == ReleaseState.DRAFT)
                            .toList();
                });
    }
}
