package dev.rondo.planning;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.store.Tx;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What planning hears: facts of other phases that move items, or write the next one. */
final class Reactions {

    private final Moves moves;
    private final FollowUps followUps;

    Reactions(Moves moves, FollowUps followUps) {
        this.moves = moves;
        this.followUps = followUps;
    }

    List<Reaction> all() {
        return List.of(
                Reaction.named("planning")
                        .on(Fact.ChangePushed.class, this::pushed)
                        .on(Fact.GateDecided.class, this::decided)
                        .on(Fact.ServiceDeployed.class, this::deployed)
                        .on(Fact.ServiceRolledBack.class, followUps::rolledBack)
                        .on(Fact.IncidentDetected.class, followUps::detected));
    }

    private void pushed(Tx tx, Event event, Fact.ChangePushed push) {
        Commits.keep(tx, event, push);
        // An item that several commits name moves once, and furthest.
        var fixing = new LinkedHashMap<Long, String>();
        var naming = new LinkedHashMap<Long, String>();
        for (var commit : push.commits().reversed()) {
            commit.mentions().forEach(number -> naming.putIfAbsent(number, commit.id()));
            commit.fixes().forEach(number -> naming.putIfAbsent(number, commit.id()));
            commit.fixes().forEach(number -> fixing.put(number, commit.id()));
        }
        for (var entry : naming.entrySet()) {
            boolean fixes = fixing.containsKey(entry.getKey());
            var commit = fixes ? fixing.get(entry.getKey()) : entry.getValue();
            TicketReads.find(tx.sql(), event.project(), entry.getKey())
                    .ifPresent(ticket ->
                            Flow.named(ticket.state(), fixes)
                                    .ifPresent(to ->
                                            moves.byFact(
                                                    tx,
                                                    ticket,
                                                    to,
                                                    "commit:" + commit,
                                                    List.of(event.seq()))));
        }
    }

    private void decided(Tx tx, Event event, Fact.GateDecided gate) {
        if (!gate.verdict().equals("passed") || !gate.defaultBranch()) {
            return;
        }
        var push = push(tx, event.project(), gate.ref(), gate.commit());
        if (push.isEmpty()) {
            return;
        }
        var causes = new LinkedHashMap<Long, Set<Long>>();
        for (var fix : Commits.unsettled(tx.sql(), event.project(), gate.ref(), push.get())) {
            causes.computeIfAbsent(fix.number(), number -> new LinkedHashSet<>(Set.of(event.seq())))
                    .add(fix.push());
            Commits.settle(tx, event.project(), fix);
        }
        causes.forEach((number, seqs) -> pass(tx, event, gate, number, seqs));
    }

    private void pass(Tx tx, Event event, Fact.GateDecided gate, long number, Set<Long> causes) {
        TicketReads.find(tx.sql(), event.project(), number)
                .ifPresent(ticket ->
                        Flow.passed(ticket.state())
                                .ifPresent(to ->
                                        moves.byFact(
                                                tx, ticket, to, "gate:" + gate.run(), causes)));
    }

    /** Pushes that came before planning listened are found in the journal. */
    private static Optional<Long> push(Tx tx, String project, String ref, String commit) {
        return Commits.pushOf(tx.sql(), project, ref, commit)
                .or(() ->
                        JournalReads.last(
                                        tx.sql(),
                                        project,
                                        Subject.of("change", commit),
                                        Kind.CHANGE_PUSHED)
                                .map(Event::seq));
    }

    private void deployed(Tx tx, Event event, Fact.ServiceDeployed deployed) {
        var reason = "deployed:" + deployed.environment() + ":" + deployed.version();
        Map<Long, Boolean> numbers = new LinkedHashMap<>();
        deployed.tickets().forEach(number -> numbers.put(number, true));
        Commits.numbersOf(tx.sql(), event.project(), deployed.commit())
                .forEach(number -> numbers.putIfAbsent(number, false));
        numbers.forEach((number, released) ->
                TicketReads.find(tx.sql(), event.project(), number)
                        // What a commit only mentions is not finished by it.
                        .filter(ticket -> released || ticket.state() == State.DONE)
                        .ifPresent(ticket -> live(tx, event, deployed, ticket, reason)));
    }

    private void live(
            Tx tx, Event event, Fact.ServiceDeployed deployed, Ticket ticket, String reason) {
        Flow.deployed(ticket.state(), deployed.environment())
                .ifPresent(to -> moves.byFact(tx, ticket, to, reason, List.of(event.seq())));
    }
}
