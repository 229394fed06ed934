package dev.rondo.operating;

import dev.rondo.journal.Subject;
import dev.rondo.phase.Spine;
import dev.rondo.web.May;
import dev.rondo.web.Panel;
import dev.rondo.web.Parts;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** On the pages of tickets, releases, commits and rollouts: the incidents that concern them. */
final class IncidentPanels {

    private static final int WEIGHT = 70;

    private final Spine spine;
    private final IncidentReads reads;

    IncidentPanels(Spine spine, IncidentReads reads) {
        this.spine = spine;
        this.reads = reads;
    }

    /** How incidents are found by a subject's id. */
    private interface Find {
        List<Incident> find(Handle sql, String project, String id);
    }

    List<Panel> all() {
        return List.of(
                panel("ticket", IncidentPanels::ofTicket),
                panel("release", IncidentStore::ofVersion),
                panel("change", IncidentStore::ofCommit),
                panel("rollout", IncidentStore::ofRollout));
    }

    private static List<Incident> ofTicket(Handle sql, String project, String id) {
        return id.matches("\\d{1,18}")
                ? IncidentStore.ofTicket(sql, project, Long.parseLong(id))
                : List.of();
    }

    private Panel panel(String kind, Find find) {
        return Panel.on(
                kind,
                WEIGHT,
                "operating.incidents",
                May.READ,
                (visit, subject) -> render(visit, subject, find));
    }

    private Content render(Visit visit, Subject subject, Find find) {
        var rows =
                spine
                        .store()
                        .read(sql -> find.find(sql, visit.project().name(), subject.id()))
                        .stream()
                        .map(incident -> reads.row(incident, visit.locale()))
                        .toList();
        return rows.isEmpty() ? Parts.NOTHING : IncidentPages.TEMPLATES.incidentPanel(visit, rows);
    }
}
