package dev.rondo.coding;

import dev.rondo.coding.view.MentionsView;
import dev.rondo.git.GitFailure;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Panel;
import dev.rondo.web.Parts;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What coding shows on other phases' pages: the commits of a work item, the commit of a run. */
final class CodingPanels {

    private static final int MOST_MENTIONS = 50;
    private static final int MOST_EVENTS = 20;

    private final Store store;
    private final ProjectRepositories repositories;
    private final Looks looks = new Looks();

    CodingPanels(Store store, ProjectRepositories repositories) {
        this.store = store;
        this.repositories = repositories;
    }

    List<Panel> panels() {
        return Stream.concat(
                        Stream.of(
                                Panel.on(
                                        "ticket",
                                        20,
                                        "coding.panel.commits",
                                        May.READ,
                                        this::mentions)),
                        Stream.of("pipelinerun", "release", "rollout", "incident")
                                .map(kind ->
                                        Panel.on(
                                                kind,
                                                20,
                                                "coding.panel.commit",
                                                May.READ,
                                                this::commit)))
                .toList();
    }

    private Content mentions(Visit visit, Subject ticket) {
        var scene = new Scene(visit, repositories);
        var rows =
                store.read(sql ->
                        PushStore.mentions(
                                sql,
                                visit.project().name(),
                                Long.parseLong(ticket.id()),
                                MOST_MENTIONS));
        if (rows.isEmpty()) {
            return Parts.NOTHING;
        }
        return looks.templates()
                .mentions(
                        visit,
                        new MentionsView(
                                rows.stream()
                                        .map(row ->
                                                new MentionsView.Row(
                                                        scene.line(
                                                                row.commit(),
                                                                row.subject(),
                                                                row.author(),
                                                                Micros.toInstant(row.authoredAt())),
                                                        row.fixes()))
                                        .toList()));
    }

    private Content commit(Visit visit, Subject subject) {
        var events =
                store.read(
                        sql -> JournalReads.of(sql, visit.project().name(), subject, MOST_EVENTS));
        return events.stream()
                .flatMap(event -> commitOf(event).stream())
                .findFirst()
                .map(id -> commit(visit, id))
                .orElse(Parts.NOTHING);
    }

    private static Optional<String> commitOf(Event event) {
        String commit =
                switch (event.fact()) {
                    case Fact.PipelineRunQueued fact -> fact.commit();
                    case Fact.ReleaseDrafted fact -> fact.commit();
                    case Fact.RolloutStarted fact -> fact.commit();
                    case Fact.IncidentDetected fact -> fact.commit();
                    default -> "";
                };
        return Optional.of(commit).filter(id -> id.matches("[0-9a-f]{40}"));
    }

    private Content commit(Visit visit, String id) {
        try {
            var scene = new Scene(visit, repositories);
            return looks.templates().commitPanel(visit, scene.line(scene.git().commit(id)));
        } catch (GitFailure e) {
            if (e.category() == GitFailure.Category.ABSENT) {
                return Parts.text(id.substring(0, 10));
            }
            throw e;
        }
    }
}
