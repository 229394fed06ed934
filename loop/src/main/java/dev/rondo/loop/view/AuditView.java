package dev.rondo.loop.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The audit log as its filter shows it. */
public record AuditView(Filter filter, List<String> actions, List<String> projects) {

    /** What is asked for; an empty word asks for all. Days are those of the reader's zone. */
    public record Filter(String actor, String action, String project, String since, String until) {

        public boolean any() {
            return !(actor + action + project + since + until).isEmpty();
        }
    }

    /**
     * Who did what, when and from where.
     *
     * @param project empty for what belongs to the installation
     * @param target the account, token, role or thing that it was done to
     * @param address empty where Rondo acted by itself, or before addresses were kept
     */
    public record Entry(
            long seq,
            Instant at,
            String project,
            String actor,
            String action,
            String target,
            Map<String, String> details,
            String address) {}
}
