package dev.rondo.operating;

import dev.rondo.access.Outcome;
import dev.rondo.operating.Incident.Place;
import dev.rondo.operating.Incident.Resolution;
import dev.rondo.operating.Incident.Suspect;
import dev.rondo.operating.Incidents.Opening;
import dev.rondo.operating.pages.DynamicTemplates;
import dev.rondo.operating.pages.StaticTemplates;
import dev.rondo.operating.pages.Templates;
import dev.rondo.operating.view.IncidentRow;
import dev.rondo.phase.Spine;
import dev.rondo.store.Tx;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Paging;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Reload;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Optional;

/** The list of incidents, the page of one, and what people do with it. */
final class IncidentPages {

    static final Templates TEMPLATES =
            Reload.templates("phases/7-operating", StaticTemplates::new, DynamicTemplates::new);

    private static final int PAGE_ROWS = 50;
    private static final int LONGEST_TITLE = 200;

    private final Spine spine;
    private final Incidents incidents;
    private final IncidentReads reads;

    IncidentPages(Spine spine, Incidents incidents, IncidentReads reads) {
        this.spine = spine;
        this.incidents = incidents;
        this.reads = reads;
    }

    void routes(Routes routes) {
        var list = "/projects/{project}/operating/incidents";
        routes.get("/projects/{project}/operating", May.READ, visit -> visit.redirect(path(visit)));
        routes.get(list, May.READ, visit -> list(visit, Optional.empty()));
        routes.post(list, May.WRITE, this::create);
        routes.get(list + "/{number}", May.READ, visit -> show(visit, Optional.empty()));
        routes.post(list + "/{number}/acknowledgement", May.WRITE, this::acknowledge);
        routes.post(list + "/{number}/mitigation", May.WRITE, this::mitigate);
        routes.post(list + "/{number}/resolution", May.WRITE, this::resolve);
        routes.post(list + "/{number}/notes", May.WRITE, this::note);
    }

    static String path(Visit visit) {
        return "/projects/" + visit.project().name() + "/operating/incidents";
    }

    static String path(String project, long number) {
        return "/projects/" + project + "/operating/incidents/" + number;
    }

    private void list(Visit visit, Optional<Refusal> refusal) {
        boolean all = visit.query("all").isPresent();
        var slice = slice(visit, all);
        var services =
                spine.store().read(sql -> ServiceStore.list(sql, visit.project().name())).stream()
                        .map(service ->
                                service.place().service() + "/" + service.place().environment())
                        .toList();
        visit.page(
                Page.titled(visit.text("operating.incidents"))
                        .menu("operating.menu.incidents")
                        .status(refusal.map(Refusal::status).orElse(200)),
                TEMPLATES.incidents(visit, slice, all, services, refusal));
    }

    Paging.Slice<IncidentRow> slice(Visit visit, boolean all) {
        var paging = visit.paging(PAGE_ROWS);
        long key = paging.key().map(text -> parse(text)).orElse(-1L);
        var page =
                new IncidentStore.Page(
                        visit.project().name(),
                        !all,
                        key >= 0 ? key : paging.backwards() ? 0 : Long.MAX_VALUE,
                        paging.limit());
        var rows =
                spine.store()
                        .read(sql ->
                                paging.backwards()
                                        ? IncidentStore.after(sql, page)
                                        : IncidentStore.before(sql, page));
        return paging.slice(rows, incident -> Long.toString(incident.number()))
                .map(incident -> reads.row(incident, visit.locale()));
    }

    private static long parse(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw Refusal.of("web.number.invalid", key).status(400).asException();
        }
    }

    private void show(Visit visit, Optional<Refusal> refusal) {
        var incident = incident(visit);
        var view = spine.store().read(sql -> reads.view(sql, incident, visit));
        var subject = Incidents.subject(incident);
        visit.page(
                Page.titled("!" + incident.number() + " " + view.row().title())
                        .trail(visit.text("operating.incidents"), path(visit))
                        .menu("operating.menu.incidents")
                        .status(refusal.map(Refusal::status).orElse(200)),
                Parts.live(
                        visit,
                        subject,
                        TEMPLATES.incident(visit, view, refusal, Parts.panels(visit, subject))));
    }

    private void create(Visit visit) {
        switch (manual(visit)) {
            case Outcome.Done<Incident> done -> {
                visit.notice("operating.opened", done.value().number());
                visit.redirect(path(visit.project().name(), done.value().number()));
            }
            case Outcome.Refused<Incident> refused -> {
                if (visit.wantsJson()) {
                    visit.refuse(Refusal.of(refused));
                } else {
                    list(visit, Optional.of(Refusal.of(refused)));
                }
            }
        }
    }

    /** Opens one from the fields title, severity, service ({@code name/environment}), evidence. */
    Outcome<Incident> manual(Visit visit) {
        return manual(
                visit,
                new Said(
                        visit.param("title").strip(),
                        visit.param("severity"),
                        visit.param("service"),
                        visit.param("version").strip(),
                        visit.param("evidence").strip()));
    }

    /** What a person says about a new incident. */
    record Said(String title, String severity, String service, String version, String evidence) {}

    Outcome<Incident> manual(Visit visit, Said said) {
        if (said.title().isEmpty() || said.title().length() > LONGEST_TITLE) {
            return Outcome.refused("operating.title.invalid", "title", LONGEST_TITLE);
        }
        if (said.evidence().length() > Incidents.LONGEST_TEXT) {
            return Outcome.refused("operating.text.long", "evidence", Incidents.LONGEST_TEXT);
        }
        var severity = Severity.of(said.severity());
        if (severity.isEmpty()) {
            return Outcome.refused("operating.severity.invalid", "severity", said.severity());
        }
        var project = visit.project().name();
        return spine.store()
                .write(tx -> {
                    var place = place(tx, project, said.service());
                    if (place.isEmpty()) {
                        return Outcome.<Incident>refused(
                                "operating.service.unknown", "service", said.service());
                    }
                    return Outcome.done(
                            incidents.open(
                                    tx,
                                    new Opening(
                                            project,
                                            severity.get(),
                                            said.title(),
                                            place.get(),
                                            new Suspect(said.version(), "", ""),
                                            said.evidence()),
                                    IncidentRules.MANUAL,
                                    visit.caller().account(),
                                    List.of()));
                });
    }

    /** A known service, or none at all where nothing was chosen. */
    private static Optional<Place> place(Tx tx, String project, String chosen) {
        if (chosen.isBlank()) {
            return Optional.of(new Place("", ""));
        }
        int slash = chosen.lastIndexOf('/');
        if (slash < 1) {
            return Optional.empty();
        }
        var place = new Place(chosen.substring(0, slash), chosen.substring(slash + 1));
        return ServiceStore.find(tx.sql(), project, place).map(Service::place);
    }

    private void acknowledge(Visit visit) {
        answer(visit, act(visit, (tx, it) -> incidents.acknowledge(tx, it, by(visit))));
    }

    private void mitigate(Visit visit) {
        var note = visit.param("note");
        answer(
                visit,
                act(
                        visit,
                        (tx, it) ->
                                incidents.mitigate(
                                        tx,
                                        it,
                                        by(visit),
                                        note,
                                        List.of(),
                                        Incidents.Telling.PEOPLE)));
    }

    private void resolve(Visit visit) {
        var how = new Resolution(visit.param("resolution").strip(), "");
        answer(visit, act(visit, (tx, it) -> incidents.resolve(tx, it, by(visit), how, List.of())));
    }

    private void note(Visit visit) {
        var text = visit.param("note");
        answer(visit, act(visit, (tx, it) -> incidents.note(tx, it, by(visit), text)));
    }

    /** What is done with an incident in its transaction. */
    interface Act {
        Outcome<Incident> on(Tx tx, Incident incident);
    }

    private Outcome<Incident> act(Visit visit, Act act) {
        return act(visit.project().name(), visit.number("number"), act).orElseThrow(visit::missing);
    }

    Optional<Outcome<Incident>> act(String project, long number, Act act) {
        return spine.store()
                .write(tx ->
                        IncidentStore.find(tx.sql(), project, number)
                                .map(incident -> act.on(tx, incident)));
    }

    private void answer(Visit visit, Outcome<Incident> outcome) {
        switch (outcome) {
            case Outcome.Done<Incident> done ->
                    visit.redirect(path(visit.project().name(), done.value().number()));
            case Outcome.Refused<Incident> refused -> {
                if (refused.field().isEmpty() || visit.wantsJson()) {
                    visit.refuse(Refusal.of(refused).status(409));
                } else {
                    show(visit, Optional.of(Refusal.of(refused)));
                }
            }
        }
    }

    Incident incident(Visit visit) {
        long number = visit.number("number");
        return spine.store()
                .read(sql -> IncidentStore.find(sql, visit.project().name(), number))
                .orElseThrow(visit::missing);
    }

    private static String by(Visit visit) {
        return visit.caller().account();
    }
}
