package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.store.Micros;
import dev.rondo.web.May;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs as JSON. */
final class RunApi {
    private static final String RUNS = "/api/projects/{project}/runs";
    private static final int ROWS = 50;

    private final Workshop shop;
    private final Orders orders;
    private final RunPages pages;

    RunApi(Workshop shop, Orders orders, RunPages pages) {
        this.shop = shop;
        this.orders = orders;
        this.pages = pages;
    }

    /** A run without its jobs. Times are ISO-8601, empty while they lie ahead. */
    record RunJson(
            String id,
            long number,
            String workflow,
            String file,
            String title,
            String ref,
            String commit,
            String trigger,
            String actor,
            String state,
            String outcome,
            String message,
            String queuedAt,
            String startedAt,
            String finishedAt) {
        static RunJson of(Run run) {
            Run.Progress progress = run.progress();
            return new RunJson(
                    run.id(),
                    run.number(),
                    run.name(),
                    run.file(),
                    run.title(),
                    run.source().ref(),
                    run.source().commit(),
                    run.trigger(),
                    run.source().actor(),
                    progress.state(),
                    progress.outcome(),
                    progress.message(),
                    time(progress.queuedAt()),
                    time(progress.startedAt()),
                    time(progress.finishedAt()));
        }
    }

    private static String time(long micros) {
        return micros == 0 ? "" : Micros.toInstant(micros).toString();
    }

    record JobJson(
            String id,
            String name,
            List<String> needs,
            String state,
            String outcome,
            String message) {}

    record ArtifactJson(String name, long size, String digest) {}

    record WholeRun(RunJson run, List<JobJson> jobs, List<ArtifactJson> artifacts) {}

    /** {@code ref} is a branch, empty for the default one. */
    record DispatchJson(String workflow, String ref, Map<String, String> inputs) {}

    void register(Routes routes) {
        routes.get(RUNS, May.READ, this::list);
        routes.post(RUNS, May.WRITE, this::dispatch);
        routes.get(RUNS + "/{number}", May.READ, this::show);
        routes.post(RUNS + "/{number}/cancellation", May.WRITE, this::cancel);
        routes.post(RUNS + "/{number}/reruns", May.WRITE, this::rerun);
    }

    private void list(Visit visit) {
        long below =
                visit.query("before")
                        .filter(text -> text.matches("[0-9]{1,18}"))
                        .map(Long::parseLong)
                        .orElse(Long.MAX_VALUE);
        String project = visit.project().name();
        Optional<String> commit = visit.query("commit");
        List<Run> runs =
                shop.spine()
                        .store()
                        .read(sql ->
                                commit.map(id -> RunRows.ofCommit(sql, project, id, ROWS))
                                        .orElseGet(
                                                () -> RunRows.before(sql, project, below, ROWS)));
        visit.json(Map.of("runs", runs.stream().map(RunJson::of).toList()));
    }

    private void show(Visit visit) {
        Run run = pages.run(visit);
        visit.json(
                shop.spine()
                        .store()
                        .read(sql ->
                                new WholeRun(
                                        RunJson.of(run),
                                        RunRows.jobs(sql, run.id()).stream()
                                                .map(RunApi::job)
                                                .toList(),
                                        RunViews.artifacts(sql, run).stream()
                                                .map(a ->
                                                        new ArtifactJson(
                                                                a.name(), a.size(), a.digest()))
                                                .toList())));
    }

    private static JobJson job(RunJob job) {
        return new JobJson(
                job.id(), job.name(), job.needs(), job.state(), job.outcome(), job.message());
    }

    private void dispatch(Visit visit) {
        DispatchJson wanted = visit.body(DispatchJson.class);
        String ref = Optional.ofNullable(wanted.ref()).orElse("");
        Map<String, String> inputs = Optional.ofNullable(wanted.inputs()).orElse(Map.of());
        String workflow = Optional.ofNullable(wanted.workflow()).orElse("");
        answer(
                visit,
                orders.dispatch(
                        visit.project(),
                        new Orders.Dispatch(workflow, ref, inputs),
                        visit.caller().account()));
    }

    private void cancel(Visit visit) {
        answer(visit, orders.cancel(pages.run(visit), visit.caller().account()));
    }

    private void rerun(Visit visit) {
        boolean failedOnly = visit.query("jobs").filter("failed"::equals).isPresent();
        answer(visit, orders.rerun(pages.run(visit), failedOnly, visit.caller().account()));
    }

    private static void answer(Visit visit, Outcome<Run> outcome) {
        switch (outcome) {
            case Outcome.Done<Run> done -> visit.json(201, RunJson.of(done.value()));
            case Outcome.Refused<Run> refused -> visit.refuse(RunPages.refusal(refused));
        }
    }
}
