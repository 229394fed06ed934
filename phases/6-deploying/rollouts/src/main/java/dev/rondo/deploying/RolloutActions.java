package dev.rondo.deploying;

import dev.rondo.access.Outcome;
import dev.rondo.deploying.RolloutChecks.Wish;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.util.List;
import java.util.Optional;

/** What people do to rollouts, by button, API or chat; each is one transaction. */
final class RolloutActions {

    private final Store store;
    private final Rollouts rollouts;
    private final Conductor conductor;

    RolloutActions(Store store, Rollouts rollouts, Conductor conductor) {
        this.store = store;
        this.rollouts = rollouts;
        this.conductor = conductor;
    }

    Outcome<Rollout> start(Wish wish) {
        Outcome<Rollout> outcome = store.write(tx -> started(tx, wish));
        if (outcome instanceof Outcome.Done<Rollout>(var rollout)) {
            conductor.tell(rollout);
        }
        return outcome;
    }

    private Outcome<Rollout> started(Tx tx, Wish wish) {
        tx.afterCommit(conductor::wake);
        return rollouts.start(tx, wish);
    }

    /** Back to the version that lived there before. */
    Outcome<Rollout> back(Place place, String actor, boolean owner) {
        Optional<ServiceStore.Living> living = store.read(sql -> ServiceStore.find(sql, place));
        if (living.isEmpty() || living.get().previous().isEmpty()) {
            return Outcome.refused(
                    "deploying.refused.noprevious", "environment", place.environment());
        }
        return start(new Wish(place, living.get().previous(), actor, owner, true, false));
    }

    Outcome<Rollout> abort(Rollout rollout, String actor) {
        return hear(rollout, new RolloutFact.Stopped(Reason.of("aborted", actor)), "abort");
    }

    Outcome<Rollout> promote(Rollout rollout) {
        return hear(rollout, new RolloutFact.Promoted(), "promote");
    }

    Outcome<Rollout> approve(Rollout rollout) {
        return hear(rollout, new RolloutFact.Approved(), "approve");
    }

    private Outcome<Rollout> hear(Rollout rollout, RolloutFact fact, String what) {
        boolean changed =
                store.<Boolean, RuntimeException>write(tx -> {
                    tx.afterCommit(conductor::wake);
                    return rollouts.hear(tx, rollout.id(), fact, List.of());
                });
        if (!changed) {
            return Outcome.refused("deploying.refused." + what, "");
        }
        conductor.tell(rollout);
        return Outcome.done(rollout);
    }
}
