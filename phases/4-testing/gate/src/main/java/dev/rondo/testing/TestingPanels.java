package dev.rondo.testing;

import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.store.Store;
import dev.rondo.testing.view.RunLine;
import dev.rondo.web.May;
import dev.rondo.web.Panel;
import dev.rondo.web.Parts;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What testing shows on the pages of runs, commits, releases and tickets. */
final class TestingPanels {
    private static final int WEIGHT = 40;

    private final Store store;
    private final Texts texts;

    TestingPanels(Store store, Texts texts) {
        this.store = store;
        this.texts = texts;
    }

    /** Finds the runs that tell about a subject. */
    private interface Runs {
        List<RunLine> of(Handle sql, String project, Subject subject);
    }

    List<Panel> all() {
        return List.of(
                panel("pipelinerun", TestingPanels::ofRun),
                panel(
                        "change",
                        (sql, project, change) -> PageReads.ofCommit(sql, project, change.id())),
                panel("release", TestingPanels::ofRelease),
                panel("ticket", TestingPanels::ofTicket));
    }

    private Panel panel(String kind, Runs runs) {
        return Panel.on(
                kind,
                WEIGHT,
                "testing.panel.title",
                May.READ,
                (visit, subject) -> render(visit, subject, runs));
    }

    private Content render(Visit visit, Subject subject, Runs runs) {
        var project = visit.project().name();
        var say = Sentences.of(texts, visit.locale());
        return store.read(sql -> Views.panel(sql, project, runs.of(sql, project, subject), say))
                .<Content>map(panel -> TestingPages.TEMPLATES.panel(visit, panel))
                .orElse(Parts.NOTHING);
    }

    private static List<RunLine> ofRun(Handle sql, String project, Subject run) {
        return PageReads.line(sql, new RunKey(project, run.id())).stream().toList();
    }

    private static List<RunLine> ofTicket(Handle sql, String project, Subject ticket) {
        return ticket.id().matches("[0-9]{1,18}")
                ? PageReads.ofTicket(sql, project, Long.parseLong(ticket.id()))
                : List.of();
    }

    /** A release stands on one run: the one that its draft names. */
    private static List<RunLine> ofRelease(Handle sql, String project, Subject release) {
        return JournalReads.last(sql, project, release, Kind.RELEASE_DRAFTED).stream()
                .map(event ->
                        event.fact() instanceof Fact.ReleaseDrafted drafted ? drafted.run() : "")
                .flatMap(run -> PageReads.line(sql, new RunKey(project, run)).stream())
                .toList();
    }
}
