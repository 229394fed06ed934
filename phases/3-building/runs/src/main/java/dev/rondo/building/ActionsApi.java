package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Rerun;
import dev.rondo.engine.Workshop;
import dev.rondo.joblogs.LogDownloads;
import dev.rondo.joblogs.LogFile;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStep;
import dev.rondo.results.Results;
import dev.rondo.triggers.WorkflowRow;
import dev.rondo.triggers.WorkflowRows;
import dev.rondo.web.GithubRoutes;
import dev.rondo.web.May;
import dev.rondo.web.RestPage;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Runs and jobs as GitHub's REST interface has them; a run's id is its number in the project. */
final class ActionsApi {
    private static final String ACTIONS = GithubRoutes.REPOSITORY + "/actions";
    private static final String RUN = ACTIONS + "/runs/{run}";
    private static final String SCOPE = "actions";

    private final Workshop shop;
    private final Orders orders;

    ActionsApi(Workshop shop, Orders orders) {
        this.shop = shop;
        this.orders = orders;
    }

    void register(Routes routes) {
        routes.get(ACTIONS + "/runs", May.READ, v -> list(v, "")).scope(SCOPE);
        routes.get(ACTIONS + "/workflows/{workflow}/runs", May.READ, this::ofWorkflow).scope(SCOPE);
        for (String run : List.of(RUN, RUN + "/attempts/{attempt}")) {
            routes.get(run, May.READ, this::show).scope(SCOPE);
            routes.get(run + "/jobs", May.READ, this::jobs).scope(SCOPE);
            routes.get(run + "/logs", May.READ, this::logs).scope(SCOPE);
        }
        routes.delete(RUN, May.WRITE, this::delete).scope(SCOPE);
        routes.delete(RUN + "/logs", May.WRITE, this::deleteLogs).scope(SCOPE);
        routes.get(RUN + "/timing", May.READ, this::timing).scope(SCOPE);
        routes.post(RUN + "/cancel", May.WRITE, this::cancel).scope(SCOPE);
        routes.post(RUN + "/force-cancel", May.WRITE, this::force).scope(SCOPE);
        routes.post(RUN + "/rerun", May.WRITE, v -> rerun(v, run(v), Rerun.ALL)).scope(SCOPE);
        routes.post(RUN + "/rerun-failed-jobs", May.WRITE, v -> rerun(v, run(v), Rerun.FAILED))
                .scope(SCOPE);
        routes.get(ACTIONS + "/jobs/{job}", May.READ, this::job).scope(SCOPE);
        routes.get(ACTIONS + "/jobs/{job}/logs", May.READ, this::jobLog).scope(SCOPE);
        routes.post(ACTIONS + "/jobs/{job}/rerun", May.WRITE, this::rerunJob).scope(SCOPE);
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
                        visit.query("head_sha").orElse(""),
                        RunFilter.Times.of(visit.query("created").orElse("")));
        RestPage page = page(visit);
        GithubJson json = json(visit);
        shop.spine()
                .store()
                .read(sql -> {
                    Map<String, Long> numbers = numbers(sql, project);
                    List<Run> runs =
                            filter.before(
                                    sql, project, Long.MAX_VALUE, page.size(), page.skipped());
                    page.answer(
                            visit,
                            filter.count(sql, project),
                            "workflow_runs",
                            runs.stream()
                                    .map(run -> json.run(run, numbers.getOrDefault(run.file(), 0L)))
                                    .toList());
                    return runs;
                });
    }

    private RestPage page(Visit visit) {
        return RestPage.of(visit, Results.server(shop.spine(), visit));
    }

    private static Map<String, Long> numbers(Handle sql, String project) {
        var numbers = new HashMap<String, Long>();
        WorkflowRows.all(sql, project).forEach(row -> numbers.put(row.file(), row.number()));
        return numbers;
    }

    /** The latest attempt, or the one that the path names. */
    private Run run(Visit visit) {
        return attempts(visit).stream()
                .filter(run -> isWanted(visit, run))
                .findFirst()
                .orElseThrow(visit::missing);
    }

    private List<Run> attempts(Visit visit) {
        long number = visit.number("run");
        return shop.spine()
                .store()
                .read(sql -> RunRows.attempts(sql, visit.project().name(), number));
    }

    private static boolean isWanted(Visit visit, Run run) {
        String attempt = visit.http().pathParamMap().getOrDefault("attempt", "");
        return attempt.isEmpty() || attempt.equals(String.valueOf(run.attempt()));
    }

    private void show(Visit visit) {
        visit.json(whole(visit, run(visit)));
    }

    private Map<String, Object> whole(Visit visit, Run run) {
        Map<String, Long> numbers = shop.spine().store().read(sql -> numbers(sql, run.project()));
        return json(visit).run(run, numbers.getOrDefault(run.file(), 0L));
    }

    /** With {@code filter=all} those of all attempts. */
    private void jobs(Visit visit) {
        boolean all = visit.query("filter").filter("all"::equals).isPresent();
        List<Run> runs = all ? attempts(visit) : List.of(run(visit));
        if (runs.isEmpty()) {
            throw visit.missing();
        }
        RestPage page = page(visit);
        GithubJson json = json(visit);
        shop.spine()
                .store()
                .read(sql -> {
                    List<Found> jobs =
                            runs.stream()
                                    .flatMap(run ->
                                            RunRows.jobs(sql, run.id()).stream()
                                                    .filter(job -> !job.opened())
                                                    .map(job -> new Found(run, job)))
                                    .toList();
                    page.answer(
                            visit,
                            jobs.size(),
                            "jobs",
                            page.cut(jobs).stream().map(one -> json(sql, json, one)).toList());
                    return jobs;
                });
    }

    private static Map<String, Object> json(Handle sql, GithubJson json, Found found) {
        Run run = found.run();
        RunJob job = found.job();
        return json.job(run, job, RunRows.steps(sql, run.id(), job.id()));
    }

    Map<String, Object> json(Visit visit, Found found) {
        return shop.spine().store().read(sql -> json(sql, json(visit), found));
    }

    /** A job with the attempt in which it is. */
    record Found(Run run, RunJob job) {}

    Found found(Visit visit) {
        long number = visit.number("job");
        return shop.spine()
                .store()
                .read(sql ->
                        RunRows.inTurn(sql, visit.project().name(), GithubJson.turnOf(number))
                                .flatMap(run ->
                                        RunRows.jobs(sql, run.id()).stream()
                                                .filter(job ->
                                                        GithubJson.number(run, job) == number)
                                                .findFirst()
                                                .map(job -> new Found(run, job))))
                .orElseThrow(visit::missing);
    }

    private void job(Visit visit) {
        Found found = found(visit);
        visit.json(json(visit, found));
    }

    private void jobLog(Visit visit) throws IOException {
        Found found = found(visit);
        LogFile log = shop.logs().of(found.run().id(), found.job().id());
        if (!log.exists() && found.job().finished()) {
            throw visit.missing();
        }
        LogDownloads.text(visit, log);
    }

    private void logs(Visit visit) throws IOException {
        Run run = run(visit);
        List<LogDownloads.Part> parts =
                shop.spine()
                        .store()
                        .read(sql ->
                                RunRows.jobs(sql, run.id()).stream()
                                        .filter(job -> !job.opened())
                                        .map(job ->
                                                new LogDownloads.Part(
                                                        job.name(),
                                                        shop.logs().of(run.id(), job.id()),
                                                        titles(sql, job)))
                                        .toList());
        if (run.finished() && parts.stream().noneMatch(part -> part.log().exists())) {
            throw visit.missing();
        }
        LogDownloads.zip(visit, run.number(), parts);
    }

    private static Map<Integer, String> titles(Handle sql, RunJob job) {
        return RunRows.steps(sql, job.run(), job.id()).stream()
                .collect(Collectors.toMap(RunStep::place, RunStep::title));
    }

    /** How long it took; nothing is billed here. */
    private void timing(Visit visit) {
        Run.Progress progress = run(visit).progress();
        long began = progress.startedAt();
        long ended = progress.finishedAt();
        visit.json(
                Map.of(
                        "billable",
                        Map.of(),
                        "run_duration_ms",
                        began == 0 || ended == 0 ? 0 : (ended - began) / 1000));
    }

    private void delete(Visit visit) {
        answer(visit, 204, orders.erasure().run(run(visit), visit.caller().account()), 403);
    }

    private void deleteLogs(Visit visit) {
        answer(visit, 204, orders.erasure().logs(run(visit), visit.caller().account()), 403);
    }

    private void cancel(Visit visit) {
        answer(visit, 202, orders.cancel(run(visit), visit.caller().account()), 409);
    }

    private void force(Visit visit) {
        answer(visit, 202, orders.force(run(visit), visit.caller().account()), 409);
    }

    private void rerunJob(Visit visit) {
        Found found = found(visit);
        rerun(visit, found.run(), Rerun.of(found.job().id()));
    }

    /** What is asked for beside it. */
    record RerunJson(@Nullable Boolean enable_debug_logging) {}

    private void rerun(Visit visit, Run run, Rerun what) {
        boolean debug =
                !visit.http().body().isBlank()
                        && Boolean.TRUE.equals(visit.body(RerunJson.class).enable_debug_logging());
        answer(visit, 201, orders.rerun(run, what.debugging(debug), visit.caller().account()), 403);
    }

    private void answer(Visit visit, int status, Outcome<Run> outcome, int otherwise) {
        switch (outcome) {
            case Outcome.Done<Run> done when status == 204 -> visit.http().status(status);
            case Outcome.Done<Run> done -> visit.json(status, Map.of());
            case Outcome.Refused<Run> refused ->
                    visit.refuse(RunPages.refusal(refused).status(otherwise));
        }
    }
}
