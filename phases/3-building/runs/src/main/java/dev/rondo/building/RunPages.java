package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.building.pages.Templates;
import dev.rondo.building.view.ArtifactView;
import dev.rondo.building.view.FilterView;
import dev.rondo.building.view.RunRow;
import dev.rondo.building.view.RunView;
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
        routes.get(RUNS + "/{number}", May.READ, this::show);
        routes.post(RUNS + "/{number}/cancellation", May.WRITE, this::cancel);
        routes.post(RUNS + "/{number}/reruns", May.WRITE, this::rerun);
        routes.post(RUNS + "/{number}/reviews", May.READ, this::review);
        routes.get(RUNS + "/{number}/trace.json", May.READ, this::trace);
        routes.get(RUNS + "/{number}/artifacts/{name}", May.READ, this::artifact);
    }

    /** By its number; links that others make of a run carry its id instead. */
    Run run(Visit visit) {
        var project = visit.project().name();
        var wanted = visit.param("number");
        return shop.spine()
                .store()
                .read(sql ->
                        wanted.matches("[0-9a-f]{8}-[0-9a-f-]{27}")
                                ? RunRows.run(sql, wanted)
                                        .filter(run -> run.project().equals(project))
                                : RunRows.numbered(sql, project, visit.number("number")))
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
                        .trail(
                                visit.text("building.runs"),
                                RunViews.path(run).replaceFirst("/[0-9]+$", ""))
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
        boolean failedOnly = visit.param("jobs").equals("failed");
        answer(
                visit,
                visit.form("job")
                        .map(job -> orders.rerun(run, job, by))
                        .orElseGet(() -> orders.rerun(run, failedOnly, by)),
                "building.rerun.done");
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
