package dev.rondo.building;

import dev.rondo.building.pages.Templates;
import dev.rondo.engine.Workshop;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.web.May;
import dev.rondo.web.Panel;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Runs on the pages of commits, tickets and releases. */
final class RunPanels {
    private static final int ROWS = 10;

    private final Workshop shop;
    private final Templates templates;

    RunPanels(Workshop shop, Templates templates) {
        this.shop = shop;
        this.templates = templates;
    }

    List<Panel> all() {
        return List.of(
                Panel.on("change", 20, "building.panel.runs", May.READ, panel(RunPanels::ofCommit)),
                Panel.on("change", 25, "building.remarks", May.READ, this::ofChange),
                Panel.on("file", 20, "building.remarks", May.READ, this::ofFile),
                Panel.on("ticket", 30, "building.panel.runs", May.READ, panel(RunPanels::ofTicket)),
                Panel.on(
                        "release",
                        30,
                        "building.panel.runs",
                        May.READ,
                        panel(RunPanels::ofRelease)));
    }

    private Content ofChange(Visit visit, Subject subject) {
        return remarks(visit, subject.id(), "");
    }

    /** A file at a commit is {@code <commit>:<path>}. */
    private Content ofFile(Visit visit, Subject subject) {
        int colon = subject.id().indexOf(':');
        return remarks(visit, subject.id().substring(0, colon), subject.id().substring(colon + 1));
    }

    private Content remarks(Visit visit, String commit, String file) {
        List<dev.rondo.building.view.RemarkView> remarks =
                shop.spine()
                        .store()
                        .read(sql -> RemarkRows.of(sql, visit.project().name(), commit, file));
        return remarks.isEmpty()
                ? dev.rondo.web.Parts.NOTHING
                : templates.remarks(visit, remarks, commit);
    }

    private interface Query {
        List<Run> find(Handle sql, String project, String id);
    }

    private Panel.Body panel(Query query) {
        return (Visit visit, Subject subject) -> {
            List<Run> runs =
                    shop.spine()
                            .store()
                            .read(sql -> query.find(sql, visit.project().name(), subject.id()));
            return RunViews.orNothing(runs, rows -> panel(visit, rows));
        };
    }

    private Content panel(Visit visit, List<dev.rondo.building.view.RunRow> rows) {
        return templates.panel(visit, rows);
    }

    private static List<Run> ofCommit(Handle sql, String project, String commit) {
        return RunRows.ofCommit(sql, project, commit, ROWS);
    }

    private static List<Run> ofTicket(Handle sql, String project, String ticket) {
        return ticket.matches("[0-9]{1,18}")
                ? RunRows.ofTicket(sql, project, Long.parseLong(ticket), ROWS)
                : List.of();
    }

    private static List<Run> ofRelease(Handle sql, String project, String version) {
        return JournalReads.of(sql, project, Subject.of("release", version), 100).stream()
                .map(Event::fact)
                .filter(Fact.ReleaseDrafted.class::isInstance)
                .map(fact -> ((Fact.ReleaseDrafted) fact).run())
                .distinct()
                .flatMap(run -> RunRows.run(sql, run).stream())
                .toList();
    }
}
