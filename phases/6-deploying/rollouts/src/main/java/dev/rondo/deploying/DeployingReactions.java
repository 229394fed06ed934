package dev.rondo.deploying;

import dev.rondo.access.Outcome;
import dev.rondo.deploying.RolloutChecks.Wish;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Reaction;
import dev.rondo.store.Tx;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this phase hears of the others. */
final class DeployingReactions {

    private static final Logger LOG = LoggerFactory.getLogger(DeployingReactions.class);

    private final Rollouts rollouts;
    private final RolloutChecks checks;
    private final Conductor conductor;
    private final Sayings sayings;

    DeployingReactions(
            Rollouts rollouts, RolloutChecks checks, Conductor conductor, Sayings sayings) {
        this.rollouts = rollouts;
        this.checks = checks;
        this.conductor = conductor;
        this.sayings = sayings;
    }

    Reaction reaction() {
        return Reaction.named("deploying")
                .on(Fact.ReleasePublished.class, this::published)
                .on(Fact.ReleaseApproved.class, (tx, event, fact) -> approved(tx, event, fact))
                .on(Fact.ReleaseOpened.class, this::opened)
                .on(Fact.ReleaseRecalled.class, this::recalled)
                .on(Fact.JudgementGiven.class, this::judged)
                .on(Fact.AlertFired.class, this::alerted);
    }

    private void published(Tx tx, Event event, Fact.ReleasePublished fact) {
        ReleaseStore.published(tx.sql(), event, fact);
        startThemselves(tx, event.project(), fact.version(), fact.commit(), fact.environments());
    }

    /** The approval that was missing came after the publication. */
    private void opened(Tx tx, Event event, Fact.ReleaseOpened fact) {
        ReleaseStore.opened(tx.sql(), event, fact);
        ReleaseStore.find(tx.sql(), event.project(), fact.version())
                .ifPresent(release ->
                        startThemselves(
                                tx,
                                event.project(),
                                fact.version(),
                                release.commit(),
                                List.of(fact.environment())));
    }

    private void startThemselves(
            Tx tx, String project, String version, String commit, List<String> environments) {
        var text = checks.delivery(project, commit);
        if (text.isEmpty()) {
            return;
        }
        Delivery delivery;
        try {
            delivery = DeliveryFile.read(text.get());
        } catch (DeliveryProblem.Found broken) {
            // Shown on the release's page, with the line.
            LOG.info("{} of {} {}", DeliveryProblem.FILE, project, broken.problem());
            return;
        }
        for (var name : environments) {
            delivery.environment(name)
                    .filter(Delivery.Environment::byItself)
                    .ifPresent(environment ->
                            startByItself(
                                    tx, new Place(project, delivery.service(), name), version));
        }
    }

    private void startByItself(Tx tx, Place place, String version) {
        var outcome =
                rollouts.start(tx, new Wish(place, version, Rollouts.ACTOR, true, false, true));
        if (outcome instanceof Outcome.Refused<Rollout> refused) {
            LOG.info(
                    "{} {} does not go to {}: {}",
                    place.service(),
                    version,
                    place.environment(),
                    sayings.say(Locale.ENGLISH, refused));
        }
        tx.afterCommit(conductor::wake);
    }

    private static void approved(Tx tx, Event event, Fact.ReleaseApproved fact) {
        ReleaseStore.approved(tx.sql(), event, fact);
    }

    private void recalled(Tx tx, Event event, Fact.ReleaseRecalled fact) {
        ReleaseStore.recalled(tx.sql(), event, fact);
        for (var rollout : RolloutStore.open(tx.sql())) {
            if (rollout.place().project().equals(event.project())
                    && rollout.version().equals(fact.version())) {
                rollouts.hear(
                        tx,
                        rollout.id(),
                        new RolloutFact.Stopped(Reason.of("recalled", fact.version())),
                        List.of(event.seq()));
            }
        }
        tx.afterCommit(conductor::wake);
    }

    private void judged(Tx tx, Event event, Fact.JudgementGiven fact) {
        var found = RolloutStore.find(tx.sql(), fact.rollout());
        if (found.isEmpty() || found.get().step() != fact.step()) {
            return;
        }
        RolloutStore.setJudgement(tx.sql(), fact.rollout(), event.seq());
        var why = Reason.quoted(event, String.join(" ", fact.reasons()));
        rollouts.hear(
                tx,
                fact.rollout(),
                new RolloutFact.Judged(fact.step(), fact.verdict(), List.of(why)),
                List.of(event.seq()));
        tx.afterCommit(() -> wakeFor(found.get()));
    }

    private void alerted(Tx tx, Event event, Fact.AlertFired fact) {
        for (var rollout : RolloutStore.open(tx.sql())) {
            if (rollout.place().project().equals(event.project())
                    && rollout.place().service().equals(fact.service())
                    && rollout.place().environment().equals(fact.environment())
                    && rollout.version().equals(fact.version())) {
                rollouts.hear(
                        tx,
                        rollout.id(),
                        new RolloutFact.Alerted(Reason.quoted(event, fact.summary())),
                        List.of(event.seq()));
                tx.afterCommit(() -> wakeFor(rollout));
            }
        }
    }

    private void wakeFor(Rollout rollout) {
        conductor.wake();
        conductor.tell(rollout);
    }
}
