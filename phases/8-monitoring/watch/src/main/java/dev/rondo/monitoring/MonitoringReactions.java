package dev.rondo.monitoring;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Reaction;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;

/**
 * What monitoring hears: rollouts for the markers, questions for judgement, pushes for the rules.
 */
final class MonitoringReactions {

    private final Runnable judgementsChanged;
    private final Runnable servicesChanged;

    MonitoringReactions(Runnable judgementsChanged, Runnable servicesChanged) {
        this.judgementsChanged = judgementsChanged;
        this.servicesChanged = servicesChanged;
    }

    Reaction reaction() {
        return Reaction.named("monitoring")
                .on(Fact.RolloutStarted.class, this::started)
                .on(Fact.RolloutStepped.class, this::stepped)
                .on(Fact.JudgementRequested.class, this::asked)
                .on(Fact.RolloutFinished.class, this::finished)
                .on(Fact.ServiceDeployed.class, this::deployed)
                .on(Fact.ServiceRolledBack.class, this::rolledBack)
                .on(Fact.ChangePushed.class, this::pushed);
    }

    private void started(Tx tx, Event event, Fact.RolloutStarted fact) {
        var key = new ServiceKey(event.project(), fact.service(), fact.environment());
        ServiceStore.stepped(tx.sql(), key, fact.version(), 0, event);
        ServiceStore.mark(tx.sql(), key, "started", fact.version(), 0, event);
        tx.afterCommit(servicesChanged);
    }

    private void stepped(Tx tx, Event event, Fact.RolloutStepped fact) {
        var key = new ServiceKey(event.project(), fact.service(), fact.environment());
        var before = ServiceStore.find(tx.sql(), key);
        ServiceStore.stepped(tx.sql(), key, fact.version(), fact.weight(), event);
        // A pause or a question does not move traffic: it is no mark on the charts.
        if (before.isEmpty() || before.get().weight() != fact.weight()) {
            ServiceStore.mark(tx.sql(), key, "weight", fact.version(), fact.weight(), event);
        }
        tx.afterCommit(servicesChanged);
    }

    private void asked(Tx tx, Event event, Fact.JudgementRequested fact) {
        JudgementStore.open(tx.sql(), event, fact);
        tx.afterCommit(judgementsChanged);
    }

    private void finished(Tx tx, Event event, Fact.RolloutFinished fact) {
        JudgementStore.withdraw(tx.sql(), event.project(), fact.rollout(), Micros.of(event.at()));
        var key = new ServiceKey(event.project(), fact.service(), fact.environment());
        ServiceStore.find(tx.sql(), key)
                .filter(service -> service.candidate().equals(fact.version()))
                .ifPresent(service -> ServiceStore.stepped(tx.sql(), key, "", 0, event));
        tx.afterCommit(judgementsChanged);
        tx.afterCommit(servicesChanged);
    }

    private void deployed(Tx tx, Event event, Fact.ServiceDeployed fact) {
        var key = new ServiceKey(event.project(), fact.service(), fact.environment());
        ServiceStore.deployed(tx.sql(), key, fact.version(), event);
        ServiceStore.mark(tx.sql(), key, "deployed", fact.version(), 100, event);
        tx.afterCommit(servicesChanged);
    }

    private void rolledBack(Tx tx, Event event, Fact.ServiceRolledBack fact) {
        var key = new ServiceKey(event.project(), fact.service(), fact.environment());
        ServiceStore.deployed(tx.sql(), key, fact.toVersion(), event);
        ServiceStore.mark(tx.sql(), key, "rolledback", fact.version(), 0, event);
        tx.afterCommit(servicesChanged);
    }

    private void pushed(Tx tx, Event event, Fact.ChangePushed fact) {
        if (fact.defaultBranch()) {
            AlertStore.pushed(tx.sql(), event, fact.after());
            tx.afterCommit(servicesChanged);
        }
    }
}
