package dev.rondo.operating;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.operating.Incident.Place;
import dev.rondo.operating.Incident.Resolution;
import dev.rondo.operating.Incident.Suspect;
import dev.rondo.operating.Incidents.Joining;
import dev.rondo.operating.Incidents.Opening;
import dev.rondo.operating.Incidents.Telling;
import dev.rondo.operating.ServiceStore.Deployed;
import dev.rondo.store.Tx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operating does about what it hears. */
final class OperatingReactions {

    private static final Logger LOG = LoggerFactory.getLogger(OperatingReactions.class);

    private final Incidents incidents;

    OperatingReactions(Incidents incidents) {
        this.incidents = incidents;
    }

    List<Reaction> all() {
        return List.of(
                Reaction.named("operating")
                        .on(Fact.RolloutStarted.class, this::rolloutStarted)
                        .on(Fact.ServiceDeployed.class, this::deployed)
                        .on(Fact.ServiceRolledBack.class, this::rolledBack)
                        .on(Fact.AlertFired.class, this::alertFired)
                        .on(Fact.AlertResolved.class, this::alertResolved)
                        .on(Fact.TicketCreated.class, this::ticketCreated));
    }

    private void rolloutStarted(Tx tx, Event event, Fact.RolloutStarted fact) {
        ServiceStore.appear(tx, event.project(), new Place(fact.service(), fact.environment()));
    }

    private void deployed(Tx tx, Event event, Fact.ServiceDeployed fact) {
        var place = new Place(fact.service(), fact.environment());
        ServiceStore.appear(tx, event.project(), place);
        ServiceStore.deployed(
                tx,
                event.project(),
                place,
                new Deployed(fact.version(), fact.commit(), event.at()));
        for (var incident : IncidentStore.open(tx.sql(), event.project(), place)) {
            if (IncidentRules.fixes(fact, incident)) {
                var how = new Resolution(IncidentRules.resolution(fact), fact.version());
                say(incidents.resolve(tx, incident, Incidents.ACTOR, how, List.of(event.seq())));
            } else if (IncidentRules.mitigates(fact, incident)
                    && incident.state() != IncidentState.MITIGATED) {
                mitigate(tx, incident, IncidentRules.resolution(fact), event, Telling.PEOPLE);
            }
        }
    }

    private void rolledBack(Tx tx, Event event, Fact.ServiceRolledBack fact) {
        var project = event.project();
        var place = new Place(fact.service(), fact.environment());
        ServiceStore.appear(tx, project, place);
        var open = IncidentStore.open(tx.sql(), project, place);
        var severity = IncidentRules.severity(fact);
        var evidence = IncidentRules.evidence(fact);
        var known = IncidentRules.joined(fact, open);
        Incident incident;
        if (known.isPresent()) {
            var joining = new Joining(event, severity, evidence, "", fact.rollout());
            incident = incidents.join(tx, known.get(), joining);
        } else {
            incident =
                    incidents.open(
                            tx,
                            new Opening(
                                    project,
                                    severity,
                                    IncidentRules.title(fact),
                                    place,
                                    new Suspect(fact.version(), fact.commit(), fact.rollout()),
                                    evidence),
                            IncidentRules.cause(fact),
                            Incidents.ACTOR,
                            List.of(event.seq()));
            IncidentStore.addSignal(tx, incident, event.seq(), "");
        }
        if (incident.state() != IncidentState.MITIGATED) {
            mitigate(
                    tx,
                    incident,
                    "all traffic went back to version " + fact.toVersion(),
                    event,
                    known.isPresent() ? Telling.PEOPLE : Telling.NOBODY);
        }
    }

    private void alertFired(Tx tx, Event event, Fact.AlertFired fact) {
        var project = event.project();
        var place = new Place(fact.service(), fact.environment());
        ServiceStore.appear(tx, project, place);
        var open = IncidentStore.open(tx.sql(), project, place);
        var severity = IncidentRules.severity(fact);
        var evidence = IncidentRules.evidence(fact);
        var known = IncidentRules.joined(fact, open);
        var rule = event.subject().id();
        if (known.isPresent()) {
            incidents.join(tx, known.get(), new Joining(event, severity, evidence, rule, ""));
            return;
        }
        var incident =
                incidents.open(
                        tx,
                        new Opening(
                                        project,
                                        severity,
                                        IncidentRules.title(fact),
                                        place,
                                        new Suspect(fact.version(), commit(tx, project, fact), ""),
                                        evidence)
                                .saying(IncidentRules.wording(event, fact)),
                        IncidentRules.cause(fact),
                        Incidents.ACTOR,
                        List.of(event.seq()));
        IncidentStore.addSignal(tx, incident, event.seq(), rule);
    }

    /** An alert names a version; the release knows its commit. */
    private static String commit(Tx tx, String project, Fact.AlertFired fact) {
        return JournalReads.last(
                        tx.sql(),
                        project,
                        Subject.of("release", fact.version()),
                        Kind.of(Fact.ReleasePublished.class))
                .map(Event::fact)
                .map(published -> ((Fact.ReleasePublished) published).commit())
                .orElse("");
    }

    private void alertResolved(Tx tx, Event event, Fact.AlertResolved fact) {
        for (var incident : IncidentStore.quiet(tx, event.project(), event.subject().id())) {
            if (incident.state() != IncidentState.MITIGATED) {
                mitigate(
                        tx,
                        incident,
                        "the alert " + fact.rule() + " is quiet again",
                        event,
                        Telling.PEOPLE);
            }
        }
    }

    /** A ticket written because of an incident names it as its cause. */
    private void ticketCreated(Tx tx, Event event, Fact.TicketCreated fact) {
        for (var cause : event.causes()) {
            JournalReads.find(tx.sql(), cause)
                    .filter(found -> found.subject().kind().equals("incident"))
                    .ifPresent(found ->
                            IncidentStore.addTicket(
                                    tx,
                                    event.project(),
                                    Long.parseLong(found.subject().id()),
                                    fact.number(),
                                    "follow-up"));
        }
    }

    private void mitigate(Tx tx, Incident incident, String note, Event because, Telling telling) {
        var causes = List.of(because.seq());
        say(incidents.mitigate(tx, incident, Incidents.ACTOR, note, causes, telling));
    }

    private static void say(Outcome<Incident> outcome) {
        if (outcome instanceof Outcome.Refused<Incident> refused) {
            LOG.info("left an incident as it was: {} {}", refused.key(), refused.args());
        }
    }
}
