package dev.rondo.monitoring;

import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.monitoring.pages.Templates;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.util.List;

/** Judgements: the list, the page of one, and what rollouts and incidents show of them. */
final class JudgementPages {

    private static final int PAGE = 30;

    private final Store store;
    private final Texts texts;
    private final Templates templates;
    private final JudgementWorker worker;

    JudgementPages(Store store, Texts texts, Templates templates, JudgementWorker worker) {
        this.store = store;
        this.texts = texts;
        this.templates = templates;
        this.worker = worker;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/monitoring/judgements", May.READ, this::list);
        routes.get("/projects/{project}/monitoring/judgements/{judgement}", May.READ, this::show);
    }

    private void list(Visit visit) {
        var project = visit.project().name();
        var paging = visit.paging(PAGE);
        // Newest first: "after" goes to smaller numbers.
        var start = paging.backwards() ? 0 : Long.MAX_VALUE;
        var key = paging.key().map(k -> number(k, start)).orElse(start);
        var rows =
                store.read(sql ->
                        JudgementStore.page(sql, project, key, paging.backwards(), paging.limit()));
        var words = new Words(texts, visit.locale());
        var slice =
                paging.slice(rows, j -> Long.toString(j.seq()))
                        .map(j -> JudgementViews.line(j, report(j), words));
        visit.page(
                Page.titled(visit.text("monitoring.judgements.title"))
                        .menu("monitoring.menu.judgements"),
                templates.judgements(visit, slice));
    }

    private static long number(String text, long otherwise) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private void show(Visit visit) {
        var judgement = find(visit);
        visit.page(
                Page.titled(
                                visit.text(
                                        "monitoring.judgement.title",
                                        judgement.key().service(),
                                        judgement.candidate()))
                        .trail(
                                visit.text("monitoring.judgements.title"),
                                "/projects/" + visit.project().name() + "/monitoring/judgements")
                        .menu("monitoring.menu.judgements"),
                templates.judgement(
                        visit,
                        JudgementViews.view(
                                judgement, report(judgement), new Words(texts, visit.locale()))));
    }

    Judgement find(Visit visit) {
        return store.read(sql ->
                        JudgementStore.find(sql, visit.project().name(), visit.param("judgement")))
                .orElseThrow(visit::missing);
    }

    /** As it stands now: of an open one the worker knows more than the row. */
    JudgementReport report(Judgement judgement) {
        return judgement.open()
                ? worker.progress(judgement.id()).orElse(judgement.report())
                : judgement.report();
    }

    Content rolloutPanel(Visit visit, Subject rollout) {
        return panel(
                visit,
                store.read(sql ->
                        JudgementStore.ofRollout(sql, visit.project().name(), rollout.id())));
    }

    /** The judgement that failed the incident's version. */
    Content incidentPanel(Visit visit, Subject incident) {
        var project = visit.project().name();
        var judgements =
                store.read(sql ->
                        JournalReads.last(sql, project, incident, Kind.INCIDENT_DETECTED)
                                .map(event -> (Fact.IncidentDetected) event.fact())
                                .flatMap(fact ->
                                        JudgementStore.last(
                                                sql,
                                                new ServiceKey(
                                                        project,
                                                        fact.service(),
                                                        fact.environment()),
                                                fact.version(),
                                                "fail"))
                                .stream()
                                .toList());
        return panel(visit, judgements);
    }

    private Content panel(Visit visit, List<Judgement> judgements) {
        if (judgements.isEmpty()) {
            return Parts.NOTHING;
        }
        var words = new Words(texts, visit.locale());
        return templates.judgementPanel(
                visit,
                judgements.stream().map(j -> JudgementViews.view(j, report(j), words)).toList());
    }
}
