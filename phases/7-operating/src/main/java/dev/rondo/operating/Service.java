package dev.rondo.operating;

import dev.rondo.operating.Incident.Place;
import java.time.Instant;
import java.util.List;

/** A service in an environment, known since its first rollout. */
record Service(
        String project, Place place, String version, String commit, Instant deployedAt, Care care) {

    /**
     * Who looks after it.
     *
     * @param owners account names; none means the project's owners
     * @param onCall account name; empty means the first owner
     * @param escalation account called when the first does not answer; empty means all owners
     * @param escalateAfterMinutes 0 calls nobody else
     * @param runbook link, or empty
     */
    record Care(
            List<String> owners,
            String onCall,
            String escalation,
            long escalateAfterMinutes,
            String runbook) {

        static final Care UNSAID = new Care(List.of(), "", "", 15, "");
    }
}
