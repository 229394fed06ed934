package dev.rondo.operating;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.journal.Wording;
import dev.rondo.operating.Incident.Place;
import dev.rondo.operating.Incident.Resolution;
import dev.rondo.operating.Incident.Suspect;
import dev.rondo.operating.Incident.Times;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import dev.rondo.web.Live;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Changes incidents: each change of state and its event in one transaction, with the people who
 * must know.
 */
final class Incidents {

    static final String ACTOR = "rondo:operating";
    static final int LONGEST_TEXT = 4000;

    private final Journal journal;
    private final Live live;
    private final Notifications notifications;

    Incidents(Journal journal, Live live, Notifications notifications) {
        this.journal = journal;
        this.live = live;
        this.notifications = notifications;
    }

    /** What a new incident is made of. */
    record Opening(
            String project,
            Severity severity,
            String title,
            Place place,
            Suspect suspect,
            String evidence,
            Optional<Wording> wording) {

        /** With a title in a person's words. */
        Opening(
                String project,
                Severity severity,
                String title,
                Place place,
                Suspect suspect,
                String evidence) {
            this(project, severity, title, place, suspect, evidence, Optional.empty());
        }

        Opening saying(Wording sentence) {
            return new Opening(
                    project, severity, title, place, suspect, evidence, Optional.of(sentence));
        }
    }

    /** Opens one; the cause keeps a second one for the same reason out. */
    Incident open(Tx tx, Opening opening, String cause, String actor, Collection<Long> causes) {
        long number = IncidentStore.nextNumber(tx, opening.project());
        var place = opening.place();
        var event =
                journal.append(
                        tx,
                        new Draft(
                                        opening.project(),
                                        Subject.of("incident", number),
                                        actor,
                                        new Fact.IncidentDetected(
                                                number,
                                                opening.severity().word(),
                                                opening.title(),
                                                place.service(),
                                                place.environment(),
                                                opening.suspect().version(),
                                                opening.suspect().commit(),
                                                opening.evidence()))
                                .saying(opening.wording()),
                        causes);
        var never = Instant.EPOCH;
        var incident =
                new Incident(
                        opening.project(),
                        number,
                        opening.severity(),
                        opening.title(),
                        place,
                        opening.suspect(),
                        cause.equals(IncidentRules.MANUAL) ? cause + number : cause,
                        cause.equals(IncidentRules.MANUAL) ? opening.evidence() : "",
                        IncidentState.OPEN,
                        actor,
                        new Times(event.at(), never, never, never),
                        "",
                        new Resolution("", ""),
                        event.seq(),
                        opening.wording());
        IncidentStore.insert(tx, incident, escalateAt(tx, incident));
        suspectTickets(tx, incident);
        notifications.plan(tx, incident, event, Occasion.OPENED);
        changed(tx, incident);
        return incident;
    }

    private static long escalateAt(Tx tx, Incident incident) {
        long minutes =
                ServiceStore.find(tx.sql(), incident.project(), incident.place())
                        .map(service -> service.care().escalateAfterMinutes())
                        .orElse(Service.Care.UNSAID.escalateAfterMinutes());
        return minutes == 0
                ? 0
                : Micros.of(incident.times().detected().plus(Duration.ofMinutes(minutes)));
    }

    /** The tickets that went out with the version at fault. */
    private static void suspectTickets(Tx tx, Incident incident) {
        release(tx, incident.project(), incident.suspect().version())
                .forEach(ticket ->
                        IncidentStore.addTicket(
                                tx, incident.project(), incident.number(), ticket, "suspect"));
    }

    private static List<Long> release(Tx tx, String project, String version) {
        return JournalReads.last(
                        tx.sql(),
                        project,
                        Subject.of("release", version),
                        Kind.of(Fact.ReleasePublished.class))
                .map(Event::fact)
                .map(fact -> ((Fact.ReleasePublished) fact).tickets())
                .orElse(List.of());
    }

    /** An event that belongs to an incident which is open already. */
    Incident join(Tx tx, Incident incident, Joining joining) {
        var severity =
                joining.severity().worseThan(incident.severity())
                        ? joining.severity()
                        : incident.severity();
        var joined =
                new IncidentChange(incident).severity(severity).rollout(joining.rollout()).done();
        IncidentStore.update(tx, joined);
        IncidentStore.addSignal(tx, joined, joining.event().seq(), joining.rule());
        update(tx, joined, ACTOR, joining.evidence(), List.of(joining.event().seq()));
        return joined;
    }

    /** What joins: an alert's rule is empty for a rollback, a rollback's id for an alert. */
    record Joining(Event event, Severity severity, String evidence, String rule, String rollout) {}

    Outcome<Incident> acknowledge(Tx tx, Incident incident, String by) {
        if (incident.resolved()) {
            return Outcome.refused("operating.resolved.already", "", incident.number());
        }
        if (!incident.acknowledgedBy().isEmpty()) {
            return Outcome.refused(
                    "operating.acknowledged.already",
                    "",
                    incident.number(),
                    incident.acknowledgedBy());
        }
        var change = new IncidentChange(incident).acknowledged(by, Instant.now());
        if (incident.state() == IncidentState.OPEN) {
            change.state(IncidentState.ACKNOWLEDGED);
        }
        var acknowledged = change.done();
        IncidentStore.update(tx, acknowledged);
        append(tx, acknowledged, by, "acknowledged", "", List.of());
        return Outcome.done(acknowledged);
    }

    /** Nobody is called twice within a second: an opening and its mitigation are one message. */
    enum Telling {
        PEOPLE,
        NOBODY
    }

    Outcome<Incident> mitigate(
            Tx tx,
            Incident incident,
            String by,
            String note,
            Collection<Long> causes,
            Telling telling) {
        if (incident.resolved()) {
            return Outcome.refused("operating.resolved.already", "", incident.number());
        }
        if (incident.state() == IncidentState.MITIGATED) {
            return Outcome.refused("operating.mitigated.already", "", incident.number());
        }
        var mitigated =
                new IncidentChange(incident)
                        .state(IncidentState.MITIGATED)
                        .mitigated(Instant.now())
                        .done();
        IncidentStore.update(tx, mitigated);
        var event = append(tx, mitigated, by, "mitigated", cut(note), causes);
        if (telling == Telling.PEOPLE) {
            notifications.plan(tx, mitigated, event, Occasion.MITIGATED);
        }
        return Outcome.done(mitigated);
    }

    Outcome<Incident> resolve(
            Tx tx, Incident incident, String by, Resolution how, Collection<Long> causes) {
        if (incident.resolved()) {
            return Outcome.refused("operating.resolved.already", "", incident.number());
        }
        if (how.text().isBlank()) {
            return Outcome.refused("operating.resolution.missing", "resolution");
        }
        if (how.text().length() > LONGEST_TEXT) {
            return Outcome.refused("operating.text.long", "resolution", LONGEST_TEXT);
        }
        var now = Instant.now();
        var resolved =
                new IncidentChange(incident)
                        .state(IncidentState.RESOLVED)
                        .resolved(how, now)
                        .done();
        IncidentStore.update(tx, resolved);
        var event =
                journal.append(
                        tx,
                        new Draft(
                                incident.project(),
                                subject(incident),
                                by,
                                new Fact.IncidentResolved(
                                        incident.number(),
                                        incident.place().service(),
                                        incident.place().environment(),
                                        Micros.of(incident.times().detected()),
                                        how.text())),
                        causes(tx, incident, causes));
        notifications.plan(tx, resolved, event, Occasion.RESOLVED);
        changed(tx, resolved);
        return Outcome.done(resolved);
    }

    Outcome<Incident> note(Tx tx, Incident incident, String by, String text) {
        if (text.isBlank()) {
            return Outcome.refused("operating.note.missing", "note");
        }
        if (text.length() > LONGEST_TEXT) {
            return Outcome.refused("operating.text.long", "note", LONGEST_TEXT);
        }
        update(tx, incident, by, text.strip(), List.of());
        return Outcome.done(incident);
    }

    /** Calls the next person when nobody answered in time. */
    void escalate(Tx tx, Incident incident) {
        if (!IncidentStore.escalated(tx, incident)) {
            return;
        }
        var people = Roster.second(tx.sql(), incident);
        var names = String.join(", ", people.stream().map(account -> account.name()).toList());
        var event = update(tx, incident, ACTOR, IncidentRules.NOBODY_ANSWERED + names, List.of());
        notifications.plan(tx, incident, event, Occasion.ESCALATED);
    }

    private Event update(
            Tx tx, Incident incident, String by, String note, Collection<Long> causes) {
        return append(tx, incident, by, incident.state().word(), note, causes);
    }

    private Event append(
            Tx tx,
            Incident incident,
            String by,
            String state,
            String note,
            Collection<Long> causes) {
        var event =
                journal.append(
                        tx,
                        new Draft(
                                incident.project(),
                                subject(incident),
                                by,
                                new Fact.IncidentUpdated(incident.number(), state, note)),
                        causes(tx, incident, causes));
        changed(tx, incident);
        return event;
    }

    /** What happened to the incident before is always a cause, beside what triggered this. */
    private static Collection<Long> causes(Tx tx, Incident incident, Collection<Long> more) {
        var causes = new TreeSet<>(more);
        JournalReads.last(tx.sql(), incident.project(), subject(incident))
                .ifPresent(event -> causes.add(event.seq()));
        return causes;
    }

    static Subject subject(Incident incident) {
        return Subject.of("incident", incident.number());
    }

    static Subject subject(Place place) {
        return Subject.of("service", place.service() + "/" + place.environment());
    }

    private void changed(Tx tx, Incident incident) {
        tx.afterCommit(() -> {
            live.publish(incident.project(), subject(incident), "changed", "");
            live.publish(incident.project(), subject(incident.place()), "changed", "");
            live.publish(incident.project(), "incidents", "");
        });
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
