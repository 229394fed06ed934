package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Value;
import dev.rondo.engine.Workshop;
import dev.rondo.results.Results;
import dev.rondo.triggers.Dispatches;
import dev.rondo.triggers.WorkflowRow;
import dev.rondo.triggers.WorkflowRows;
import dev.rondo.triggers.WorkflowSwitch;
import dev.rondo.web.GithubRoutes;
import dev.rondo.web.Json;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.RestPage;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workflows, and what starts them, as GitHub's REST interface has them. */
final class WorkflowApi {
    private static final String WORKFLOWS = GithubRoutes.REPOSITORY + "/actions/workflows";

    private final Workshop shop;
    private final Dispatches dispatches;

    WorkflowApi(Workshop shop, Dispatches dispatches) {
        this.shop = shop;
        this.dispatches = dispatches;
    }

    /** {@code inputs} of any kind; GitHub takes numbers and booleans for texts. */
    record DispatchJson(String ref, Map<String, Object> inputs) {}

    record EventJson(String event_type, Object client_payload) {}

    void register(Routes routes) {
        routes.get(WORKFLOWS, May.READ, this::list).scope("actions");
        routes.get(WORKFLOWS + "/{workflow}", May.READ, this::show).scope("actions");
        routes.put(WORKFLOWS + "/{workflow}/enable", May.WRITE, v -> put(v, WorkflowRow.ACTIVE))
                .scope("actions");
        routes.put(WORKFLOWS + "/{workflow}/disable", May.WRITE, v -> put(v, WorkflowRow.DISABLED))
                .scope("actions");
        routes.post(WORKFLOWS + "/{workflow}/dispatches", May.WRITE, this::dispatch)
                .scope("actions");
        routes.post(GithubRoutes.REPOSITORY + "/dispatches", May.WRITE, this::event)
                .scope("contents");
    }

    private GithubJson json(Visit visit) {
        return new GithubJson(shop.spine().publicUrl(), visit.project().name());
    }

    private void list(Visit visit) {
        List<WorkflowRow> rows =
                shop.spine().store().read(sql -> WorkflowRows.all(sql, visit.project().name()));
        RestPage page = RestPage.of(visit, Results.server(shop.spine(), visit));
        GithubJson json = json(visit);
        page.answer(
                visit,
                rows.size(),
                "workflows",
                page.cut(rows).stream().map(json::workflow).toList());
    }

    private WorkflowRow row(Visit visit) {
        return shop.spine()
                .store()
                .read(sql ->
                        WorkflowRows.find(sql, visit.project().name(), visit.param("workflow")))
                .orElseThrow(visit::missing);
    }

    private void show(Visit visit) {
        visit.json(json(visit).workflow(row(visit)));
    }

    private void put(Visit visit, String state) {
        WorkflowRow row = row(visit);
        new WorkflowSwitch(shop).put(row, state, visit.caller().account());
        visit.http().status(204);
    }

    private void dispatch(Visit visit) {
        DispatchJson wanted = visit.body(DispatchJson.class);
        String ref = Optional.ofNullable(wanted.ref()).orElse("");
        if (ref.isBlank()) {
            visit.refuse(Refusal.of("building.dispatch.noref").at("ref"));
            return;
        }
        var inputs = new LinkedHashMap<String, String>();
        Optional.ofNullable(wanted.inputs())
                .ifPresent(given ->
                        given.forEach((name, value) -> inputs.put(name, String.valueOf(value))));
        var asked = new Dispatches.Wanted(row(visit).file(), ref, inputs);
        switch (dispatches.dispatch(visit.project(), asked, visit.caller().account())) {
            case Dispatches.Answer.Started started -> visit.http().status(204);
            case Dispatches.Answer.Refused(List<Dispatches.Problem> problems, String text) -> {
                Dispatches.Problem first = problems.getFirst();
                visit.refuse(
                        problems.size() == 1
                                ? new Refusal(first.key(), first.args(), first.field(), 422)
                                : Refusal.of("building.dispatch.problems", text).at(first.field()));
            }
        }
    }

    private void event(Visit visit) {
        EventJson wanted = visit.body(EventJson.class);
        Value payload;
        try {
            Object given = Optional.ofNullable(wanted.client_payload()).orElse(Map.of());
            payload = Value.json(Json.write(given));
        } catch (ExpressionFault e) {
            visit.refuse(
                    Refusal.of("web.json.invalid", e.message()).at("client_payload").status(400));
            return;
        }
        String type = Optional.ofNullable(wanted.event_type()).orElse("");
        switch (dispatches.repositoryDispatch(
                visit.project(), type, payload, visit.caller().account())) {
            case Outcome.Done<Integer> done -> visit.http().status(204);
            case Outcome.Refused<Integer> refused -> visit.refuse(Refusal.of(refused));
        }
    }
}
