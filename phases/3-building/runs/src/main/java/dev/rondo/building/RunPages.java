package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.access.Projects;
import dev.rondo.building.pages.Templates;
import dev.rondo.building.view.ArtifactView;
import dev.rondo.building.view.FilterView;
import dev.rondo.building.view.RunRow;
import dev.rondo.building.view.RunView;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Rerun;
import dev.rondo.engine.Reviews;
import dev.rondo.engine.Workshop;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStore;
import dev.rondo.triggers.WorkflowRow;
import dev.rondo.triggers.WorkflowRows;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Paging;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** Pages of runs: list, run, log, artifacts; and what one orders there. */
final class RunPages {
    static final String STYLE = "building/building.css";
    private static final int ROWS = 30;
    static final List<String> EVENTS =
            List.of(
                    "push",
                    "workflow_dispatch",
                    "schedule",
                    "workflow_run",
                    "repository_dispatch",
                    "create",
                    "delete",
                    "issues",
                    "issue_comment",
                    "release",
                    "deployment",
                    "deployment_status");
    private static final List<String> STATUSES =
            List.of(
                    "queued",
                    "running",
                    "success",
                    "failure",
                    "cancelled",
                    "invalid",
                    "interrupted");
    private static final String RUNS = "/projects/{project}/building/runs";

    /** A run, that is its latest attempt, and any attempt of it. */
    static final List<String> RUN =
            List.of(RUNS + "/{number}", RUNS + "/{number}/attempts/{attempt}");

    private final Workshop shop;
    private final Orders orders;
    private final Templates templates;

    RunPages(Workshop shop, Orders orders, Templates templates) {
        this.shop = shop;
        this.orders = orders;
        this.templates = templates;
    }

    void register(Routes routes) {
        routes.get(RUNS, May.READ, this::list);
        for (String run : RUN) {
            routes.get(run, May.READ, this::show);
            routes.get(run + "/trace.json", May.READ, this::trace);
            routes.get(run + "/artifacts/{name}", May.READ, this::artifact);
        }
        routes.post(RUNS + "/{number}/cancellation", May.WRITE, this::cancel);
        routes.post(RUNS + "/{number}/reruns", May.WRITE, this::rerun);
        routes.post(RUNS + "/{number}/reviews", May.READ, this::review);
        routes.post(RUNS + "/{number}/removal", May.WRITE, this::remove);
        routes.post(RUNS + "/{number}/logs/removal", May.WRITE, this::removeLogs);
        String owned = "/" + Projects.OWNER + "/{project}/actions";
        routes.get(owned, May.READ, v -> v.redirect(RunViews.list(v.project().name())));
        routes.get(
                owned + "/runs/{number}/attempts/{attempt}",
                May.READ,
                v -> v.redirect(RunViews.path(run(v))));
    }

    /**
     * By its number the latest attempt, or the one that is named; links that others make of an
     * attempt carry its id instead.
     */
    Run run(Visit visit) {
        var project = visit.project().name();
        var wanted = visit.param("number");
        var attempt = visit.param("attempt");
        return shop.spine()
                .store()
                .read(sql ->
                        wanted.matches("[0-9a-f]{8}-[0-9a-f-]{27}")
                                ? RunRows.run(sql, wanted)
                                        .filter(run -> run.project().equals(project))
                                : RunRows.attempts(sql, project, visit.number("number")).stream()
                                        .filter(run ->
                                                attempt.isEmpty()
                                                        || attempt.equals(
                                                                String.valueOf(run.attempt())))
                                        .findFirst())
                .orElseThrow(visit::missing);
    }

    private void list(Visit visit) {
        String project = visit.project().name();
        Paging paging = visit.paging(ROWS);
        RunFilter filter = RunFilter.of(visit);
        List<Run> found = find(shop, filter, project, paging);
        Paging.Slice<RunRow> rows =
                paging.slice(found, run -> String.valueOf(run.number())).map(RunViews::row);
        List<String> files =
                shop.spine().store().read(sql -> WorkflowRows.all(sql, project)).stream()
                        .map(WorkflowRow::fileName)
                        .toList();
        var asked =
                new FilterView(
                        "/projects/" + project + "/building/runs",
                        files,
                        EVENTS,
                        STATUSES,
                        filter.fileName(),
                        filter.event(),
                        filter.status(),
                        filter.branch(),
                        filter.actor());
        visit.page(
                Page.titled(visit.text("building.runs")).menu("building.menu.runs").style(STYLE),
                Parts.live(visit, templates.runs(visit, rows, asked)));
    }

    /** One page of runs by their numbers, the newest first. */
    static List<Run> find(Workshop shop, RunFilter filter, String project, Paging paging) {
        long key =
                paging.key()
                        .filter(k -> k.matches("[0-9]{1,18}"))
                        .map(Long::parseLong)
                        .orElse(paging.backwards() ? 0L : Long.MAX_VALUE);
        return shop.spine()
                .store()
                .read(sql ->
                        paging.backwards()
                                ? filter.above(sql, project, key, paging.limit())
                                : filter.before(sql, project, key, paging.limit(), 0));
    }

    private void show(Visit visit) {
        Run run = run(visit);
        var reader =
                new RunViews.Reader(
                        visit.caller().account(),
                        visit.may(May.OWN),
                        waits -> WaitWords.say(visit, waits),
                        Set.copyOf(visit.http().queryParams("open")));
        RunView view = shop.spine().store().read(sql -> RunViews.run(sql, run, reader));
        visit.page(
                Page.titled(run.name() + " #" + run.number())
                        .trail(visit.text("building.runs"), RunViews.list(run.project()))
                        .menu("building.menu.runs")
                        .style(STYLE),
                Parts.live(visit, RunStore.subject(run), templates.run(visit, view, run.id())));
    }

    private void trace(Visit visit) {
        Run run = run(visit);
        visit.json(
                shop.spine()
                        .store()
                        .read(sql ->
                                TraceJson.of(
                                        run,
                                        RunRows.jobs(sql, run.id()),
                                        RunRows.steps(sql, run.id(), ""))));
    }

    private void artifact(Visit visit) {
        Run run = run(visit);
        ArtifactView found =
                shop.spine().store().read(sql -> RunViews.artifacts(sql, run)).stream()
                        .filter(one -> one.name().equals(visit.param("name")))
                        .findFirst()
                        .orElseThrow(visit::missing);
        InputStream in = shop.spine().blobs().open(found.digest()).orElseThrow(visit::missing);
        visit.http()
                .contentType(
                        found.mime().matches("application/(zip|gzip)")
                                ? found.mime()
                                : "application/octet-stream");
        visit.http().disableCompression();
        visit.http()
                .header("Content-Disposition", "attachment; filename=\"" + found.fileName() + "\"");
        visit.http().header("Content-Length", String.valueOf(found.size()));
        visit.http().result(in);
    }

    private void cancel(Visit visit) {
        Run run = run(visit);
        answer(visit, orders.cancel(run, visit.caller().account()), "building.cancelled");
    }

    private void rerun(Visit visit) {
        Run run = run(visit);
        String by = visit.caller().account();
        Rerun all = visit.param("jobs").equals("failed") ? Rerun.FAILED : Rerun.ALL;
        Rerun wanted =
                visit.form("job")
                        .map(Rerun::of)
                        .orElse(all)
                        .debugging(visit.form("debug").isPresent());
        answer(visit, orders.rerun(run, wanted, by), "building.rerun.done");
    }

    private void remove(Visit visit) {
        switch (orders.erasure().run(run(visit), visit.caller().account())) {
            case Outcome.Done<Run> done -> {
                visit.notice("building.run.deleted", done.value().number());
                visit.redirect(RunViews.list(done.value().project()));
            }
            case Outcome.Refused<Run> refused -> visit.refuse(refusal(refused));
        }
    }

    private void removeLogs(Visit visit) {
        answer(
                visit,
                orders.erasure().logs(run(visit), visit.caller().account()),
                "building.logs.deleted");
    }

    private void review(Visit visit) {
        Run run = run(visit);
        var said =
                new Reviews.Said(
                        visit.forms("environment"),
                        visit.param("verdict"),
                        visit.param("comment"),
                        visit.caller().account(),
                        visit.may(May.OWN));
        answer(visit, orders.reviews().say(run, said), "building.review.done");
    }

    private static void answer(Visit visit, Outcome<Run> outcome, String notice) {
        switch (outcome) {
            case Outcome.Done<Run> done -> {
                visit.notice(notice, done.value().number());
                visit.redirect(RunViews.path(done.value()));
            }
            case Outcome.Refused<Run> refused -> visit.refuse(refusal(refused));
        }
    }

    static Refusal refusal(Outcome.Refused<?> refused) {
        return new Refusal(refused.key(), refused.args(), refused.field(), 422);
    }
}
