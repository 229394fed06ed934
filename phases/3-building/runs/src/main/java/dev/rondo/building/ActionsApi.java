package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.web.May;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Runs and jobs as GitHub's REST interface has them; a run's id is its number in the project. */
final class ActionsApi {
    private static final String ACTIONS = WorkflowApi.REPOSITORY + "/actions";
    private static final String RUN = ACTIONS + "/runs/{run}";

    private final Workshop shop;
    private final Orders orders;

    ActionsApi(Workshop shop, Orders orders) {
        this.shop = shop;
        this.orders = orders;
    }

    void register(Routes routes) {
        routes.get(ACTIONS + "/runs", May.READ, v -> list(v, "")).scope("actions");
        routes.get(ACTIONS + "/workflows/{workflow}/runs", May.READ, this::ofWorkflow)
                .scope("actions");
        routes.get(RUN, May.READ, this::show).scope("actions");
        routes.get(RUN + "/jobs", May.READ, this::jobs).scope("actions");
        routes.get(RUN + "/attempts/{attempt}/jobs", May.READ, this::jobs).scope("actions");
        routes.get(RUN + "/logs", May.READ, this::logs).scope("actions");
        routes.post(RUN + "/cancel", May.WRITE, this::cancel).scope("actions");
        routes.post(RUN + "/force-cancel", May.WRITE, this::force).scope("actions");
        routes.post(RUN + "/rerun", May.WRITE, v -> rerun(v, false)).scope("actions");
        routes.post(RUN + "/rerun-failed-jobs", May.WRITE, v -> rerun(v, true)).scope("actions");
        routes.get(ACTIONS + "/jobs/{job}", May.READ, this::job).scope("actions");
        routes.get(ACTIONS + "/jobs/{job}/logs", May.READ, this::jobLog).scope("actions");
        routes.post(ACTIONS + "/jobs/{job}/rerun", May.WRITE, this::rerunJob).scope("actions");
    }

    private GithubJson json(Visit visit) {
        return new GithubJson(shop.spine().publicUrl(), visit.project().name());
    }

    private void ofWorkflow(Visit visit) {
        WorkflowRow row =
                shop.spine()
                        .store()
                        .read(sql ->
                                WorkflowRows.find(
                                        sql, visit.project().name(), visit.param("workflow")))
                        .orElseThrow(visit::missing);
        list(visit, row.file());
    }

    /** GitHub's words for {@code status} in Rondo's. */
    private static String status(String wanted) {
        return switch (wanted) {
            case "completed" -> "finished";
            case "in_progress" -> "running";
            case "requested" -> "queued";
            case "startup_failure" -> "invalid";
            default -> wanted;
        };
    }

    private void list(Visit visit, String file) {
        String project = visit.project().name();
        var filter =
                new RunFilter(
                        file,
                        visit.query("branch").orElse(""),
                        visit.query("event").orElse(""),
                        visit.query("actor").orElse(""),
                        status(visit.query("status").orElse("")),
                        visit.query("head_sha").orElse(""));
        WorkflowApi.Slice slice = WorkflowApi.Slice.of(visit);
        var body = new LinkedHashMap<String, Object>();
        GithubJson json = json(visit);
        shop.spine()
                .store()
                .read(sql -> {
                    Map<String, Long> numbers = numbers(sql, project);
                    body.put("total_count", filter.count(sql, project));
                    return body.put(
                            "workflow_runs",
                            filter
                                    .before(
                                            sql,
                                            project,
                                            Long.MAX_VALUE,
                                            slice.size(),
                                            slice.skipped())
                                    .stream()
                                    .map(run -> json.run(run, numbers.getOrDefault(run.file(), 0L)))
                                    .toList());
                });
        visit.json(body);
    }

    private static Map<String, Long> numbers(Handle sql, String project) {
        var numbers = new HashMap<String, Long>();
        WorkflowRows.all(sql, project).forEach(row -> numbers.put(row.file(), row.number()));
        return numbers;
    }

    private Run run(Visit visit) {
        long number = visit.number("run");
        return run(visit, number);
    }

    private Run run(Visit visit, long number) {
        return shop.spine()
                .store()
                .read(sql -> RunRows.numbered(sql, visit.project().name(), number))
                .orElseThrow(visit::missing);
    }

    private void show(Visit visit) {
        visit.json(whole(visit, run(visit)));
    }

    private Map<String, Object> whole(Visit visit, Run run) {
        Map<String, Long> numbers = shop.spine().store().read(sql -> numbers(sql, run.project()));
        return json(visit).run(run, numbers.getOrDefault(run.file(), 0L));
    }

    private void jobs(Visit visit) {
        Run run = run(visit);
        WorkflowApi.Slice slice = WorkflowApi.Slice.of(visit);
        GithubJson json = json(visit);
        visit.json(
                shop.spine()
                        .store()
                        .read(sql -> {
                            List<RunJob> jobs =
                                    RunRows.jobs(sql, run.id()).stream()
                                            .filter(job -> !job.opened())
                                            .toList();
                            return Map.of(
                                    "total_count",
                                    jobs.size(),
                                    "jobs",
                                    jobs.stream()
                                            .skip(slice.skipped())
                                            .limit(slice.size())
                                            .map(job ->
                                                    json.job(
                                                            run,
                                                            job,
                                                            RunRows.steps(sql, run.id(), job.id())))
                                            .toList());
                        }));
    }

    /** A job with the run that its number names. */
    private record Found(Run run, RunJob job) {}

    private Found found(Visit visit) {
        long number = visit.number("job");
        Run run = run(visit, GithubJson.runOf(number));
        return shop.spine().store().read(sql -> RunRows.jobs(sql, run.id())).stream()
                .filter(job -> GithubJson.number(run, job) == number)
                .findFirst()
                .map(job -> new Found(run, job))
                .orElseThrow(visit::missing);
    }

    private void job(Visit visit) {
        Found found = found(visit);
        List<RunStep> steps =
                shop.spine()
                        .store()
                        .read(sql -> RunRows.steps(sql, found.run().id(), found.job().id()));
        visit.json(json(visit).job(found.run(), found.job(), steps));
    }

    private void jobLog(Visit visit) throws IOException {
        Found found = found(visit);
        LogDownloads.text(visit, shop.log(found.run().id(), found.job().id()));
    }

    private void logs(Visit visit) throws IOException {
        Run run = run(visit);
        List<RunJob> jobs = shop.spine().store().read(sql -> RunRows.jobs(sql, run.id()));
        LogDownloads.zip(visit, run, jobs, job -> shop.log(run.id(), job.id()));
    }

    private void cancel(Visit visit) {
        answer(visit, 202, orders.cancel(run(visit), visit.caller().account()), 409);
    }

    private void force(Visit visit) {
        answer(visit, 202, orders.force(run(visit), visit.caller().account()), 409);
    }

    private void rerunJob(Visit visit) {
        Found found = found(visit);
        String by = visit.caller().account();
        answer(visit, 201, orders.rerun(found.run(), found.job().id(), by), 403);
    }

    private void rerun(Visit visit, boolean failedOnly) {
        answer(visit, 201, orders.rerun(run(visit), failedOnly, visit.caller().account()), 403);
    }

    private void answer(Visit visit, int status, Outcome<Run> outcome, int otherwise) {
        switch (outcome) {
            case Outcome.Done<Run> done -> visit.json(status, Map.of());
            case Outcome.Refused<Run> refused ->
                    visit.refuse(RunPages.refusal(refused).status(otherwise));
        }
    }
}
