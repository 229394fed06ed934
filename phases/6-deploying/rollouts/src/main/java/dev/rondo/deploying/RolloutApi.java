package dev.rondo.deploying;

import dev.rondo.access.Outcome;
import dev.rondo.deploying.RolloutChecks.Wish;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.Map;

/** The same as the pages, in JSON. */
final class RolloutApi {

    private static final String BASE = "/api/projects/{project}";
    private static final int MOST = 100;

    private final Store store;
    private final RolloutReads reads;
    private final RolloutActions actions;

    RolloutApi(Store store, RolloutReads reads, RolloutActions actions) {
        this.store = store;
        this.reads = reads;
        this.actions = actions;
    }

    /** What a rollout is asked for with. */
    record Asked(String service, String environment, String version) {}

    void register(Routes routes) {
        routes.get(BASE + "/environments", May.READ, this::environments);
        routes.get(BASE + "/rollouts", May.READ, this::list);
        routes.get(BASE + "/rollouts/{rollout}", May.READ, this::show);
        routes.post(BASE + "/rollouts", May.WRITE, this::start);
        routes.delete(
                BASE + "/rollouts/{rollout}",
                May.WRITE,
                visit -> answer(visit, 200, actions.abort(find(visit), visit.caller().account())));
        routes.post(
                BASE + "/rollouts/{rollout}/promotions",
                May.WRITE,
                visit -> answer(visit, 200, actions.promote(find(visit))));
        routes.post(
                BASE + "/rollouts/{rollout}/approvals",
                May.OWN,
                visit -> answer(visit, 200, actions.approve(find(visit))));
        routes.post(BASE + "/rollbacks", May.WRITE, this::back);
    }

    private void environments(Visit visit) {
        visit.json(
                Map.of(
                        "environments",
                        store.read(sql ->
                                reads.environments(sql, visit.project().name(), visit.locale()))));
    }

    private void list(Visit visit) {
        visit.json(
                Map.of(
                        "rollouts",
                        store
                                .read(sql ->
                                        RolloutStore.before(
                                                sql,
                                                visit.project().name(),
                                                visit.query("before").orElse(""),
                                                MOST))
                                .stream()
                                .map(rollout -> json(visit, rollout))
                                .toList()));
    }

    private void show(Visit visit) {
        visit.json(json(visit, find(visit)));
    }

    private void start(Visit visit) {
        var asked = visit.body(Asked.class);
        if (asked.service() == null || asked.environment() == null || asked.version() == null) {
            throw Refusal.of("deploying.refused.asked").status(400).asException();
        }
        answer(
                visit,
                201,
                actions.start(
                        new Wish(
                                place(visit, asked),
                                asked.version(),
                                visit.caller().account(),
                                visit.may(May.OWN),
                                false,
                                false)));
    }

    private void back(Visit visit) {
        var asked = visit.body(Asked.class);
        if (asked.service() == null || asked.environment() == null) {
            throw Refusal.of("deploying.refused.asked").status(400).asException();
        }
        answer(
                visit,
                201,
                actions.back(place(visit, asked), visit.caller().account(), visit.may(May.OWN)));
    }

    private static Place place(Visit visit, Asked asked) {
        return new Place(visit.project().name(), asked.service(), asked.environment());
    }

    private Rollout find(Visit visit) {
        return store.read(sql -> RolloutStore.find(sql, visit.param("rollout")))
                .filter(rollout -> rollout.place().project().equals(visit.project().name()))
                .orElseThrow(visit::missing);
    }

    private void answer(Visit visit, int status, Outcome<Rollout> outcome) {
        switch (outcome) {
            case Outcome.Done<Rollout>(var rollout) ->
                    visit.json(
                            status,
                            json(
                                    visit,
                                    store.read(sql -> RolloutStore.find(sql, rollout.id()))
                                            .orElse(rollout)));
            case Outcome.Refused<Rollout> refused -> visit.refuse(Refusal.of(refused));
        }
    }

    private Map<String, Object> json(Visit visit, Rollout rollout) {
        return Map.of("id", rollout.id(), "rollout", reads.view(rollout, visit.locale()));
    }
}
