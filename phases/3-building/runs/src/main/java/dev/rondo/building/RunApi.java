package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Rerun;
import dev.rondo.engine.Reviews;
import dev.rondo.engine.Workshop;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.Waits;
import dev.rondo.store.Micros;
import dev.rondo.triggers.Dispatches;
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
    private final Dispatches dispatches;
    private final RunPages pages;

    RunApi(Workshop shop, Orders orders, Dispatches dispatches, RunPages pages) {
        this.shop = shop;
        this.orders = orders;
        this.dispatches = dispatches;
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
            int attempt,
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
                    run.attempt(),
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
            boolean allowed,
            String message,
            List<String> labels,
            String environment,
            String url,
            WaitJson waits) {}

    /** Why it waits, as a word and as a sentence; both are empty where it does not. */
    record WaitJson(String reason, String text) {}

    /** {@code state} is approved, rejected or bypassed; no environments are all that wait. */
    record ReviewJson(List<String> environments, String state, String comment) {}

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
        routes.post(RUNS + "/{number}/reviews", May.READ, this::review);
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
                                        jobs(visit, RunRows.jobs(sql, run.id())),
                                        RunViews.artifacts(sql, run).stream()
                                                .map(a ->
                                                        new ArtifactJson(
                                                                a.name(), a.size(), a.digest()))
                                                .toList())));
    }

    private static List<JobJson> jobs(Visit visit, List<RunJob> all) {
        return all.stream()
                .filter(job -> !job.opened())
                .map(job -> job(visit, job, WaitWords.why(job, all)))
                .toList();
    }

    private static JobJson job(Visit visit, RunJob job, Waits waits) {
        return new JobJson(
                job.id(),
                job.name(),
                job.needs(),
                job.state(),
                job.outcome(),
                job.allowed(),
                job.message(),
                job.gate().labels(),
                job.gate().environment(),
                job.gate().url(),
                new WaitJson(waits.kind(), WaitWords.say(visit, waits)));
    }

    private void review(Visit visit) {
        ReviewJson wanted = visit.body(ReviewJson.class);
        var said =
                new Reviews.Said(
                        Optional.ofNullable(wanted.environments()).orElse(List.of()),
                        Optional.ofNullable(wanted.state()).orElse(""),
                        Optional.ofNullable(wanted.comment()).orElse(""),
                        visit.caller().account(),
                        visit.may(May.OWN));
        answer(visit, orders.reviews().say(pages.run(visit), said));
    }

    private void dispatch(Visit visit) {
        DispatchJson wanted = visit.body(DispatchJson.class);
        String ref = Optional.ofNullable(wanted.ref()).orElse("");
        Map<String, String> inputs = Optional.ofNullable(wanted.inputs()).orElse(Map.of());
        String workflow = Optional.ofNullable(wanted.workflow()).orElse("");
        answer(
                visit,
                dispatches.order(
                        visit.project(),
                        new Dispatches.Wanted(workflow, ref, inputs),
                        visit.caller().account()));
    }

    private void cancel(Visit visit) {
        answer(visit, orders.cancel(pages.run(visit), visit.caller().account()));
    }

    private void rerun(Visit visit) {
        boolean failedOnly = visit.query("jobs").filter("failed"::equals).isPresent();
        Rerun wanted =
                visit.query("job")
                        .map(Rerun::of)
                        .orElse(failedOnly ? Rerun.FAILED : Rerun.ALL)
                        .debugging(visit.query("debug").filter("true"::equals).isPresent());
        answer(visit, orders.rerun(pages.run(visit), wanted, visit.caller().account()));
    }

    private static void answer(Visit visit, Outcome<Run> outcome) {
        switch (outcome) {
            case Outcome.Done<Run> done -> visit.json(201, RunJson.of(done.value()));
            case Outcome.Refused<Run> refused -> visit.refuse(RunPages.refusal(refused));
        }
    }
}
