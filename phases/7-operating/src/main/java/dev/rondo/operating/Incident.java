package dev.rondo.operating;

import dev.rondo.journal.Wording;
import java.time.Instant;
import java.util.Optional;

/**
 * An incident as it stands; times are the epoch where something has not happened yet.
 *
 * @param wording of its title, where Rondo wrote it: the title itself is English then
 */
record Incident(
        String project,
        long number,
        Severity severity,
        String title,
        Place place,
        Suspect suspect,
        String cause,
        String evidence,
        IncidentState state,
        String openedBy,
        Times times,
        String acknowledgedBy,
        Resolution resolution,
        long openedSeq,
        Optional<Wording> wording) {

    /** Which service, and where it runs; empty for a manual incident of none. */
    record Place(String service, String environment) {}

    /** What is thought to be at fault; each may be empty. */
    record Suspect(String version, String commit, String rollout) {}

    record Times(Instant detected, Instant acknowledged, Instant mitigated, Instant resolved) {}

    /**
     * @param text a sentence
     * @param version that was deployed and fixed it, or empty
     */
    record Resolution(String text, String version) {}

    boolean resolved() {
        return state == IncidentState.RESOLVED;
    }

    boolean manual() {
        return cause.startsWith(IncidentRules.MANUAL);
    }

    boolean fromRollback() {
        return cause.startsWith(IncidentRules.VERSION);
    }
}
