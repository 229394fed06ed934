package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Reviews;
import dev.rondo.engine.Workshop;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.settings.Environment;
import dev.rondo.store.Micros;
import dev.rondo.web.GithubRoutes;
import dev.rondo.web.May;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** Deployments that wait, as GitHub's REST interface has them. */
final class ReviewsApi {
    private static final String PENDING =
            GithubRoutes.REPOSITORY + "/actions/runs/{run}/pending_deployments";

    private final Workshop shop;
    private final Orders orders;

    ReviewsApi(Workshop shop, Orders orders) {
        this.shop = shop;
        this.orders = orders;
    }

    /** {@code state} is approved or rejected. */
    record Wanted(List<Long> environment_ids, String state, String comment) {}

    void register(Routes routes) {
        routes.get(PENDING, May.READ, this::list).scope("actions");
        routes.post(PENDING, May.READ, this::review).scope("deployments");
    }

    private Run run(Visit visit) {
        return shop.spine()
                .store()
                .read(sql -> RunRows.numbered(sql, visit.project().name(), visit.number("run")))
                .orElseThrow(visit::missing);
    }

    private List<Reviews.Pending> pending(Run run) {
        return shop.spine()
                .store()
                .read(sql -> Reviews.pending(sql, run, RunRows.jobs(sql, run.id())));
    }

    /** Environments have no number: this one is made of the name. */
    private static long number(Environment environment) {
        var sum = new CRC32();
        sum.update(environment.name().getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private void list(Visit visit) {
        Run run = run(visit);
        visit.json(pending(run).stream().map(one -> json(visit, run, one)).toList());
    }

    private static Map<String, Object> json(Visit visit, Run run, Reviews.Pending one) {
        Environment environment = one.environment();
        var json = new LinkedHashMap<String, Object>();
        json.put("environment", Map.of("id", number(environment), "name", environment.title()));
        json.put("wait_timer", environment.waitMinutes());
        json.put(
                "wait_timer_started_at",
                Micros.toInstant(one.jobs().getFirst().gate().readyAt()).toString());
        json.put(
                "current_user_can_approve",
                !environment.reviewers().isEmpty()
                        && environment.keeps(visit.caller().account(), run.startedBy()).isEmpty());
        json.put(
                "reviewers",
                environment.reviewers().stream()
                        .map(name -> Map.of("type", "User", "reviewer", Map.of("login", name)))
                        .toList());
        return json;
    }

    private void review(Visit visit) {
        Run run = run(visit);
        Wanted wanted = visit.body(Wanted.class);
        List<Long> ids = Optional.ofNullable(wanted.environment_ids()).orElse(List.of());
        List<Reviews.Pending> chosen =
                pending(run).stream()
                        .filter(one -> ids.contains(number(one.environment())))
                        .toList();
        var said =
                new Reviews.Said(
                        // an unknown number is no wish for all
                        chosen.isEmpty()
                                ? List.of("\u0000")
                                : chosen.stream().map(one -> one.environment().name()).toList(),
                        Optional.ofNullable(wanted.state()).orElse(""),
                        Optional.ofNullable(wanted.comment()).orElse(""),
                        visit.caller().account(),
                        false);
        switch (orders.reviews().say(run, said)) {
            case Outcome.Done<Run> done ->
                    visit.json(chosen.stream().map(one -> json(visit, run, one)).toList());
            case Outcome.Refused<Run> refused -> visit.refuse(RunPages.refusal(refused));
        }
    }
}
