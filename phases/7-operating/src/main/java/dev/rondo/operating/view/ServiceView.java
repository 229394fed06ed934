package dev.rondo.operating.view;

import java.util.List;

/** The page of a service. */
public record ServiceView(
        ServiceRow row, CareView care, List<IncidentRow> incidents, List<String> members) {

    /** Who looks after it, as it was said; {@code owners} holds the names that count in effect. */
    public record CareView(
            List<String> owners,
            String saidOwners,
            String saidOnCall,
            String escalation,
            long escalateAfterMinutes,
            String runbook) {}
}
