package dev.rondo.operating;

import dev.rondo.operating.Incident.Resolution;
import dev.rondo.operating.Incident.Suspect;
import dev.rondo.operating.Incident.Times;
import java.time.Instant;

/** The next state of an incident, made of the last. */
final class IncidentChange {

    private final Incident old;
    private Severity severity;
    private String rollout;
    private IncidentState state;
    private Times times;
    private String acknowledgedBy;
    private Resolution resolution;

    IncidentChange(Incident old) {
        this.old = old;
        this.severity = old.severity();
        this.rollout = old.suspect().rollout();
        this.state = old.state();
        this.times = old.times();
        this.acknowledgedBy = old.acknowledgedBy();
        this.resolution = old.resolution();
    }

    IncidentChange severity(Severity worst) {
        this.severity = worst;
        return this;
    }

    /** The first rollout that is known stays. */
    IncidentChange rollout(String id) {
        this.rollout = rollout.isEmpty() ? id : rollout;
        return this;
    }

    IncidentChange state(IncidentState next) {
        this.state = next;
        return this;
    }

    IncidentChange acknowledged(String by, Instant at) {
        this.acknowledgedBy = by;
        this.times = new Times(times.detected(), at, times.mitigated(), times.resolved());
        return this;
    }

    IncidentChange mitigated(Instant at) {
        this.times = new Times(times.detected(), times.acknowledged(), at, times.resolved());
        return this;
    }

    IncidentChange resolved(Resolution how, Instant at) {
        this.resolution = how;
        this.times = new Times(times.detected(), times.acknowledged(), times.mitigated(), at);
        return this;
    }

    Incident done() {
        return new Incident(
                old.project(),
                old.number(),
                severity,
                old.title(),
                old.place(),
                new Suspect(old.suspect().version(), old.suspect().commit(), rollout),
                old.cause(),
                old.evidence(),
                state,
                old.openedBy(),
                times,
                acknowledgedBy,
                resolution,
                old.openedSeq(),
                old.wording());
    }
}
