package dev.rondo.deploying;

import dev.rondo.deploying.InstanceStore.Row;
import dev.rondo.deploying.Plan.Step;
import dev.rondo.deploying.view.EnvironmentView;
import dev.rondo.deploying.view.EnvironmentView.InstanceView;
import dev.rondo.deploying.view.RolloutView;
import dev.rondo.deploying.view.RolloutView.StepView;
import dev.rondo.store.Micros;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;

/** What pages and the API show of rollouts and of what lives where. */
final class RolloutReads {

    private final Sayings sayings;
    private final URI publicUrl;
    private final IntSupplier routerPort;

    RolloutReads(Sayings sayings, URI publicUrl, IntSupplier routerPort) {
        this.sayings = sayings;
        this.publicUrl = publicUrl;
        this.routerPort = routerPort;
    }

    /** Everything of a project that lives or is on its way to. */
    List<EnvironmentView> environments(Handle sql, String project, Locale language) {
        var alive = InstanceStore.alive(sql, project);
        var living = new HashMap<Place, ServiceStore.Living>();
        ServiceStore.of(sql, project).forEach(one -> living.put(one.place(), one));
        var moving = new HashMap<Place, Rollout>();
        for (var rollout : RolloutStore.open(sql)) {
            if (rollout.place().project().equals(project)) {
                moving.merge(rollout.place(), rollout, (one, other) -> one.queued() ? other : one);
            }
        }
        var places = new LinkedHashSet<Place>(living.keySet());
        places.addAll(moving.keySet());
        return places.stream()
                .sorted(Comparator.comparing(Place::toString))
                .map(place ->
                        environment(
                                sql,
                                place,
                                Optional.ofNullable(living.get(place)),
                                Optional.ofNullable(moving.get(place)),
                                alive,
                                language))
                .toList();
    }

    private EnvironmentView environment(
            Handle sql,
            Place place,
            Optional<ServiceStore.Living> living,
            Optional<Rollout> moving,
            List<Row> alive,
            Locale language) {
        var stable = living.flatMap(one -> RolloutStore.find(sql, one.rollout()));
        var reach = stable.or(() -> moving).map(rollout -> rollout.environment().reach());
        return new EnvironmentView(
                place.service(),
                place.environment(),
                living.map(ServiceStore.Living::version).orElse(""),
                living.map(ServiceStore.Living::previous).orElse(""),
                Micros.toInstant(living.map(ServiceStore.Living::since).orElse(0L)),
                reach.map(this::addresses).orElse(List.of()),
                alive.stream()
                        .filter(row -> row.place().equals(place))
                        .map(row -> instance(row, stable, moving, language))
                        .toList(),
                moving.map(rollout -> view(rollout, language)));
    }

    private List<String> addresses(Delivery.Reach reach) {
        var addresses = new ArrayList<String>();
        int port = routerPort.getAsInt();
        if (!reach.host().isEmpty()) {
            addresses.add("http://" + reach.host() + ":" + port + "/");
        }
        if (!reach.path().isEmpty()) {
            var host = Optional.ofNullable(publicUrl.getHost()).orElse("127.0.0.1");
            addresses.add("http://" + host + ":" + port + reach.path());
        }
        return addresses;
    }

    private InstanceView instance(
            Row row, Optional<Rollout> stable, Optional<Rollout> moving, Locale language) {
        boolean ofStable = stable.map(s -> s.id().equals(row.rollout())).orElse(false);
        int moved =
                moving.filter(m -> stable.map(s -> !s.id().equals(m.id())).orElse(true))
                        .map(m -> m.traffic().weight())
                        .orElse(0);
        boolean ofMoving = moving.map(m -> m.id().equals(row.rollout())).orElse(false);
        int weight = !row.wanted() ? 0 : ofStable ? 100 - moved : ofMoving ? moved : 0;
        return new InstanceView(
                row.id(),
                row.version(),
                row.state().word(),
                !row.wanted(),
                row.port(),
                weight,
                sayings.say(language, row.problem()),
                "/projects/" + row.place().project() + "/deploying/instances/" + row.id() + "/log");
    }

    RolloutView view(Rollout rollout, Locale language) {
        var outcome = rollout.outcome();
        boolean over = rollout.marks().finishedAt() != 0;
        return new RolloutView(
                RolloutPages.path(rollout),
                rollout.place().service(),
                rollout.place().environment(),
                rollout.version(),
                rollout.from(),
                rollout.plan().strategy().word(),
                over ? outcome.orElseThrow().word() : rollout.state().word(),
                sayings.say(language, rollout.reason()),
                rollout.traffic().weight(),
                rollout.marks().actor(),
                Micros.toInstant(rollout.marks().createdAt()),
                Micros.toInstant(rollout.marks().finishedAt()),
                steps(rollout),
                may(rollout));
    }

    private static List<String> may(Rollout rollout) {
        return switch (rollout.state()) {
            case RolloutState.Queued queued -> List.of("abort");
            case RolloutState.Clearing clearing -> List.of("abort");
            case RolloutState.Preparing preparing -> List.of("abort");
            case RolloutState.AtStep at ->
                    switch (rollout.plan().steps().get(at.step())) {
                        case Step.Pause pause -> List.of("promote", "abort");
                        case Step.Approve approve -> List.of("approve", "abort");
                        default -> List.of("abort");
                    };
            default -> List.of();
        };
    }

    private static List<StepView> steps(Rollout rollout) {
        var steps = new ArrayList<StepView>();
        int now = position(rollout);
        boolean bad =
                rollout.outcome()
                        .map(outcome -> outcome != RolloutState.Outcome.COMPLETED)
                        .orElse(false);
        boolean oldFirst = rollout.plan().oldStopsFirst();
        if (oldFirst) {
            steps.add(new StepView("clear", "", mark(0, now, bad)));
        }
        steps.add(new StepView("start", "", mark(steps.size(), now, bad)));
        for (var step : rollout.plan().steps()) {
            steps.add(new StepView(step.word(), label(step), mark(steps.size(), now, bad)));
        }
        if (!oldFirst) {
            steps.add(new StepView("retire", "", mark(steps.size(), now, bad)));
        }
        return steps;
    }

    /** Which of the drawn steps it is at; behind the last when all is done. */
    private static int position(Rollout rollout) {
        int last = rollout.plan().steps().size() + 1;
        int start = rollout.plan().oldStopsFirst() ? 1 : 0;
        return switch (rollout.state()) {
            case RolloutState.Queued queued -> -1;
            case RolloutState.Clearing clearing -> 0;
            case RolloutState.Preparing preparing -> start;
            case RolloutState.AtStep at -> start + at.step() + 1;
            case RolloutState.Retiring retiring -> last;
            case RolloutState.Finished finished
                    when finished.outcome() == RolloutState.Outcome.COMPLETED ->
                    last + 1;
            default -> start + rollout.marks().reached() + 1;
        };
    }

    private static String mark(int index, int now, boolean bad) {
        if (index < now) {
            return "done";
        }
        return index > now ? "todo" : bad ? "failed" : "now";
    }

    private static String label(Step step) {
        return switch (step) {
            case Step.Weight weight -> weight.percent() + "\u00a0%";
            case Step.Pause pause -> seconds(pause.time().toSeconds());
            case Step.Judge judge ->
                    "≥ "
                            + judge.rules().minRequests()
                            + " · ≤ "
                            + seconds(judge.rules().maxSeconds());
            case Step.Approve approve -> "";
        };
    }

    private static String seconds(long seconds) {
        return seconds < 120 ? seconds + "\u00a0s" : seconds / 60 + "\u00a0min";
    }
}
