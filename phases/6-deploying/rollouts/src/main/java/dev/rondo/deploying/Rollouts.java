package dev.rondo.deploying;

import dev.rondo.access.Outcome;
import dev.rondo.deploying.Rollout.Course;
import dev.rondo.deploying.RolloutChecks.Wish;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Fact.TrafficSample;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Writes what is decided about rollouts: the state, the rows that say what is wanted, and the
 * events, all in the caller's transaction. What runs is brought in line afterwards.
 */
final class Rollouts {

    static final String ACTOR = "rondo:deploying";

    private final Journal journal;
    private final RolloutChecks checks;
    private final Sayings sayings;

    Rollouts(Journal journal, RolloutChecks checks, Sayings sayings) {
        this.journal = journal;
        this.checks = checks;
        this.sayings = sayings;
    }

    /** Stores a rollout that passed the checks, and begins it if the way is free. */
    Outcome<Rollout> start(Tx tx, Wish wish) {
        var outcome = checks.check(tx.sql(), wish);
        if (outcome instanceof Outcome.Done<Rollout>(var rollout)) {
            for (var waiting : RolloutStore.open(tx.sql(), wish.place())) {
                if (waiting.queued()) {
                    hear(
                            tx,
                            waiting.id(),
                            new RolloutFact.Stopped(Reason.of("superseded", wish.version())),
                            List.of());
                }
            }
            RolloutStore.insert(tx.sql(), rollout);
            beginNext(tx, wish.place());
        }
        return outcome;
    }

    /** Begins the oldest one that waits, if none is under way there. */
    void beginNext(Tx tx, Place place) {
        var open = RolloutStore.open(tx.sql(), place);
        if (open.isEmpty() || open.stream().anyMatch(rollout -> !rollout.queued())) {
            return;
        }
        var rollout = open.getFirst();
        var release = ReleaseStore.find(tx.sql(), place.project(), rollout.version());
        if (release.isEmpty() || !release.get().recalled().isEmpty()) {
            hear(
                    tx,
                    rollout.id(),
                    new RolloutFact.Stopped(Reason.of("recalled", rollout.version())),
                    List.of());
            return;
        }
        var from = ServiceStore.find(tx.sql(), place).map(ServiceStore.Living::version).orElse("");
        var course =
                rollout.course() == Course.BACK
                        ? Course.BACK
                        : from.isEmpty() ? Course.FIRST : Course.NEXT;
        RolloutStore.begin(tx.sql(), rollout, from, course, rollout.marks().event());
        var begun = RolloutStore.find(tx.sql(), rollout.id()).orElseThrow();
        var started =
                append(
                        tx,
                        begun,
                        begun.marks().actor(),
                        new Fact.RolloutStarted(
                                begun.id(),
                                place.service(),
                                place.environment(),
                                begun.version(),
                                from,
                                begun.plan().strategy().word(),
                                begun.source().artifact(),
                                begun.source().commit()),
                        List.of(begun.marks().event()));
        hear(tx, begun.id(), new RolloutFact.Begun(), List.of(started.seq()));
    }

    /**
     * Lets a rollout hear a fact.
     *
     * @param causes the events that the fact came with; without any, the last about the rollout
     * @return whether it changed anything
     */
    boolean hear(Tx tx, String id, RolloutFact fact, List<Long> causes) {
        var found = RolloutStore.lock(tx.sql(), id);
        if (found.isEmpty()) {
            return false;
        }
        var rollout = found.get();
        long now = Micros.now();
        var course =
                new RolloutSteps.Course(
                        rollout.plan(), rollout.state(), rollout.traffic().weight());
        var next = RolloutSteps.next(course, fact, now);
        if (next.isEmpty()) {
            return false;
        }
        RolloutStore.move(tx.sql(), rollout, next.get(), now);
        var because = new LinkedHashSet<>(causes);
        for (var effect : next.get().effects()) {
            var event = carryOut(tx, rollout, effect, because, now);
            if (event.isPresent()) {
                RolloutStore.setEvent(tx.sql(), id, event.get().seq());
                because.clear();
                because.add(event.get().seq());
            }
        }
        return true;
    }

    private Optional<Event> carryOut(
            Tx tx, Rollout rollout, RolloutEffect effect, LinkedHashSet<Long> because, long now) {
        if (because.isEmpty()) {
            because.add(rollout.marks().event());
        }
        var causes = List.copyOf(because);
        var place = rollout.place();
        return switch (effect) {
            case RolloutEffect.OfInstances change -> {
                want(tx, rollout, change, now);
                yield Optional.empty();
            }
            case RolloutEffect.Stepped stepped ->
                    Optional.of(
                            append(
                                    tx,
                                    rollout,
                                    ACTOR,
                                    new Fact.RolloutStepped(
                                            rollout.id(),
                                            place.service(),
                                            place.environment(),
                                            rollout.version(),
                                            stepped.step(),
                                            stepped.action(),
                                            stepped.percent()),
                                    causes));
            case RolloutEffect.AskJudgement ask ->
                    Optional.of(
                            append(
                                    tx,
                                    rollout,
                                    ACTOR,
                                    new Fact.JudgementRequested(
                                            rollout.id(),
                                            ask.step(),
                                            place.service(),
                                            place.environment(),
                                            rollout.from(),
                                            rollout.version(),
                                            now,
                                            ask.rules()),
                                    causes));
            case RolloutEffect.Deployed deployed -> Optional.of(deployed(tx, rollout, causes, now));
            case RolloutEffect.RolledBack back ->
                    Optional.of(rolledBack(tx, rollout, back.reason(), causes));
            case RolloutEffect.Finish finish -> finished(tx, rollout, finish, causes);
        };
    }

    private static void want(Tx tx, Rollout rollout, RolloutEffect.OfInstances change, long now) {
        switch (change) {
            case RolloutEffect.StartNew start -> want(tx, rollout, now);
            case RolloutEffect.StopNew stop -> InstanceStore.unwant(tx.sql(), rollout);
            case RolloutEffect.StopOld stop -> InstanceStore.unwantOthers(tx.sql(), rollout);
            case RolloutEffect.StartOld start ->
                    ServiceStore.find(tx.sql(), rollout.place())
                            .flatMap(living -> RolloutStore.find(tx.sql(), living.rollout()))
                            .ifPresent(old -> want(tx, old, now));
        }
    }

    private static void want(Tx tx, Rollout rollout, long now) {
        for (int i = 0; i < rollout.environment().instances(); i++) {
            InstanceStore.insert(tx.sql(), Ids.next(), rollout, now);
        }
    }

    private Event deployed(Tx tx, Rollout rollout, List<Long> causes, long now) {
        var place = rollout.place();
        ServiceStore.put(
                tx.sql(),
                new ServiceStore.Living(
                        place, rollout.version(), rollout.from(), rollout.id(), now));
        return journal.append(
                tx,
                new Draft(
                        place.project(),
                        place.subject(),
                        ACTOR,
                        new Fact.ServiceDeployed(
                                place.service(),
                                place.environment(),
                                rollout.version(),
                                rollout.from(),
                                rollout.source().commit(),
                                rollout.id(),
                                rollout.source().tickets())),
                causes);
    }

    private Event rolledBack(Tx tx, Rollout rollout, Reason reason, List<Long> causes) {
        var place = rollout.place();
        var judged = judgement(tx, rollout);
        return journal.append(
                tx,
                new Draft(
                                place.project(),
                                place.subject(),
                                ACTOR,
                                new Fact.ServiceRolledBack(
                                        place.service(),
                                        place.environment(),
                                        rollout.version(),
                                        rollout.from(),
                                        rollout.source().commit(),
                                        rollout.id(),
                                        sayings.inEnglish(reason),
                                        judged.map(Fact.JudgementGiven::worstRoute).orElse(""),
                                        judged.map(Fact.JudgementGiven::worstRouteErrorRatio)
                                                .orElse(0.0),
                                        judged.map(Fact.JudgementGiven::stableSample)
                                                .orElse(nothingSeen(rollout.from())),
                                        judged.map(Fact.JudgementGiven::candidateSample)
                                                .orElse(nothingSeen(rollout.version()))))
                        .saying(
                                Optional.of(reason.wording())
                                        .filter(said -> !said.key().isEmpty())),
                causes);
    }

    private static Optional<Fact.JudgementGiven> judgement(Tx tx, Rollout rollout) {
        var seq = RolloutStore.find(tx.sql(), rollout.id()).orElseThrow().marks().judgement();
        return seq == 0
                ? Optional.empty()
                : JournalReads.find(tx.sql(), seq)
                        .map(Event::fact)
                        .map(Fact.JudgementGiven.class::cast);
    }

    private static TrafficSample nothingSeen(String version) {
        return new TrafficSample(version, 0, 0, 0, 0, 0);
    }

    private Optional<Event> finished(
            Tx tx, Rollout rollout, RolloutEffect.Finish finish, List<Long> causes) {
        Optional<Event> event =
                rollout.queued()
                        ? Optional.empty()
                        : Optional.of(
                                append(
                                        tx,
                                        rollout,
                                        ACTOR,
                                        new Fact.RolloutFinished(
                                                rollout.id(),
                                                rollout.place().service(),
                                                rollout.place().environment(),
                                                rollout.version(),
                                                finish.outcome().word(),
                                                sayings.inEnglish(finish.reason())),
                                        causes));
        if (!rollout.queued()) {
            beginNext(tx, rollout.place());
        }
        return event;
    }

    /** Tells that an instance changed, and stores it; nothing when it did not. */
    void instanceIs(Tx tx, InstanceStore.Row row, InstanceStore.State state, Reason problem) {
        if (!InstanceStore.setState(tx.sql(), row.id(), state, problem, Micros.now())) {
            return;
        }
        var word = state == InstanceStore.State.FAILED ? "unhealthy" : state.word();
        var cause = RolloutStore.find(tx.sql(), row.rollout()).map(r -> r.marks().event());
        journal.append(
                tx,
                new Draft(
                        row.place().project(),
                        row.place().subject(),
                        ACTOR,
                        new Fact.InstanceChanged(
                                row.place().service(),
                                row.place().environment(),
                                row.version(),
                                row.id(),
                                word)),
                cause.stream().toList());
    }

    private Event append(Tx tx, Rollout rollout, String actor, Fact fact, List<Long> causes) {
        return journal.append(
                tx, new Draft(rollout.place().project(), subject(rollout), actor, fact), causes);
    }

    private static Subject subject(Rollout rollout) {
        return rollout.subject();
    }
}
