package dev.rondo.building;

import dev.rondo.engine.Workshop;
import dev.rondo.jobs.Annotation;
import dev.rondo.records.StepRows;
import dev.rondo.results.Results;
import dev.rondo.web.GithubRoutes;
import dev.rondo.web.May;
import dev.rondo.web.RestPage;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs as checks of their commit, with what they remarked, as GitHub's REST interface has them. */
final class ChecksApi {
    private static final String CHECK = GithubRoutes.REPOSITORY + "/check-runs/{job}";
    private static final String SCOPE = "checks";

    /** Where GitHub puts what belongs to no file. */
    private static final String NOWHERE = ".github";

    private static final int MOST = 1_000;

    private final Workshop shop;
    private final ActionsApi actions;

    ChecksApi(Workshop shop, ActionsApi actions) {
        this.shop = shop;
        this.actions = actions;
    }

    void register(Routes routes) {
        routes.get(CHECK, May.READ, this::show).scope(SCOPE);
        routes.get(CHECK + "/annotations", May.READ, this::annotations).scope(SCOPE);
    }

    private List<Annotation> remarks(ActionsApi.Found found) {
        return shop
                .spine()
                .store()
                .read(sql -> StepRows.remarks(sql, found.run().id(), MOST))
                .stream()
                .filter(remark -> remark.job().equals(found.job().id()))
                .map(StepRows.Remark::annotation)
                .toList();
    }

    private void show(Visit visit) {
        ActionsApi.Found found = actions.found(visit);
        Map<String, Object> job = actions.json(visit, found);
        var json = new LinkedHashMap<String, Object>();
        for (String same :
                List.of("id", "node_id", "head_sha", "html_url", "status", "conclusion", "name")) {
            json.put(same, job.get(same));
        }
        json.put("started_at", job.get("started_at"));
        json.put("completed_at", job.get("completed_at"));
        json.put("url", job.get("check_run_url"));
        json.put("details_url", job.get("html_url"));
        json.put(
                "output",
                Map.of(
                        "annotations_count",
                        remarks(found).size(),
                        "annotations_url",
                        job.get("check_run_url") + "/annotations"));
        visit.json(json);
    }

    private void annotations(Visit visit) {
        List<Annotation> all = remarks(actions.found(visit));
        RestPage page = RestPage.of(visit, Results.server(shop.spine(), visit));
        page.answer(visit, all.size(), page.cut(all).stream().map(ChecksApi::json).toList());
    }

    private static Map<String, Object> json(Annotation annotation) {
        Annotation.Place place = annotation.place();
        var json = new LinkedHashMap<String, Object>();
        json.put("path", place.file().isEmpty() ? NOWHERE : place.file());
        json.put("start_line", Math.max(1, place.line()));
        json.put("end_line", Math.max(Math.max(1, place.line()), place.endLine()));
        json.put("start_column", place.column() == 0 ? null : place.column());
        json.put("end_column", place.endColumn() == 0 ? null : place.endColumn());
        json.put(
                "annotation_level",
                annotation.level().equals("error") ? "failure" : annotation.level());
        json.put("title", annotation.title());
        json.put("message", annotation.message());
        json.put("raw_details", "");
        json.put("blob_href", "");
        return json;
    }
}
