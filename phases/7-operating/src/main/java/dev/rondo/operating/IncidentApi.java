package dev.rondo.operating;

import dev.rondo.access.Outcome;
import dev.rondo.operating.Incident.Resolution;
import dev.rondo.operating.IncidentPages.Said;
import dev.rondo.operating.view.IncidentRow;
import dev.rondo.phase.Spine;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Incidents and services as JSON. */
final class IncidentApi {

    private final Spine spine;
    private final Incidents incidents;
    private final IncidentPages pages;
    private final IncidentReads reads;

    IncidentApi(Spine spine, Incidents incidents, IncidentPages pages, IncidentReads reads) {
        this.spine = spine;
        this.incidents = incidents;
        this.pages = pages;
        this.reads = reads;
    }

    void routes(Routes routes) {
        var list = "/api/projects/{project}/operating/incidents";
        routes.get(list, May.READ, this::list);
        routes.post(list, May.WRITE, this::create);
        routes.get(list + "/{number}", May.READ, this::show);
        routes.post(list + "/{number}/acknowledgement", May.WRITE, this::acknowledge);
        routes.post(list + "/{number}/resolution", May.WRITE, this::resolve);
        routes.post(list + "/{number}/mitigation", May.WRITE, this::mitigate);
        routes.post(list + "/{number}/notes", May.WRITE, this::note);
        routes.get("/api/projects/{project}/operating/services", May.READ, this::services);
    }

    private void list(Visit visit) {
        var slice = pages.slice(visit, visit.query("all").isPresent());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("incidents", slice.rows());
        slice.after().ifPresent(key -> json.put("after", key));
        slice.before().ifPresent(key -> json.put("before", key));
        visit.json(json);
    }

    private void show(Visit visit) {
        var incident = pages.incident(visit);
        visit.json(spine.store().read(sql -> reads.view(sql, incident, visit)));
    }

    private void create(Visit visit) {
        var body = visit.body(Body.class);
        var said =
                new Said(
                        body.text("title").strip(),
                        body.text("severity"),
                        body.text("service"),
                        body.text("version"),
                        body.text("evidence"));
        answer(visit, 201, pages.manual(visit, said));
    }

    private void acknowledge(Visit visit) {
        answer(
                visit,
                200,
                pages.act(
                                visit.project().name(),
                                visit.number("number"),
                                (tx, it) -> incidents.acknowledge(tx, it, visit.caller().account()))
                        .orElseThrow(visit::missing));
    }

    private void resolve(Visit visit) {
        var how = new Resolution(visit.body(Body.class).text("resolution").strip(), "");
        answer(
                visit,
                200,
                pages.act(
                                visit.project().name(),
                                visit.number("number"),
                                (tx, it) ->
                                        incidents.resolve(
                                                tx, it, visit.caller().account(), how, List.of()))
                        .orElseThrow(visit::missing));
    }

    private void mitigate(Visit visit) {
        var note = visit.body(Body.class).text("note").strip();
        answer(
                visit,
                200,
                pages.act(
                                visit.project().name(),
                                visit.number("number"),
                                (tx, it) ->
                                        incidents.mitigate(
                                                tx,
                                                it,
                                                visit.caller().account(),
                                                note,
                                                List.of(),
                                                Incidents.Telling.PEOPLE))
                        .orElseThrow(visit::missing));
    }

    private void note(Visit visit) {
        var text = visit.body(Body.class).text("note");
        answer(
                visit,
                201,
                pages.act(
                                visit.project().name(),
                                visit.number("number"),
                                (tx, it) -> incidents.note(tx, it, visit.caller().account(), text))
                        .orElseThrow(visit::missing));
    }

    private void answer(Visit visit, int status, Outcome<Incident> outcome) {
        switch (outcome) {
            case Outcome.Done<Incident> done -> visit.json(status, row(visit, done.value()));
            case Outcome.Refused<Incident> refused -> visit.refuse(Refusal.of(refused));
        }
    }

    private IncidentRow row(Visit visit, Incident incident) {
        return reads.row(incident, visit.locale());
    }

    private void services(Visit visit) {
        var services =
                spine.store().read(sql -> ServiceStore.list(sql, visit.project().name())).stream()
                        .map(service ->
                                Map.of(
                                        "service", service.place().service(),
                                        "environment", service.place().environment(),
                                        "version", service.version(),
                                        "commit", service.commit(),
                                        "deployedAt", service.deployedAt().toString()))
                        .toList();
        visit.json(Map.of("services", services));
    }

    /** The members of a request's body, all text; what is absent is empty. */
    static final class Body extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1;

        String text(String name) {
            var value = get(name);
            return value == null ? "" : value.toString();
        }
    }
}
