package dev.rondo.operating;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Wording;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The decisions of operating, without database or clock. */
final class IncidentRules {

    /** Beginnings of an incident's cause: of a version, of an alert rule, of a person's word. */
    static final String VERSION = "version:";

    static final String RULE = "rule:";
    static final String MANUAL = "manual:";

    /** From this share of failed answers on, a rollback in production is critical. */
    static final double CRITICAL_ERROR_RATIO = 0.5;

    /** An alert in production is critical from this multiple of its threshold on. */
    static final double CRITICAL_EXCESS = 5;

    /** How the note of an escalation begins. */
    static final String NOBODY_ANSWERED = "nobody answered; called ";

    private static final String PRODUCTION = "production";

    private IncidentRules() {}

    /** Whether a note that this phase wrote says that users are safe again. */
    static boolean saysSafe(String note) {
        return note.startsWith("all traffic went back to version ")
                || note.endsWith(" is quiet again")
                || note.contains(" serves all traffic of ");
    }

    static Severity severity(Fact.ServiceRolledBack back) {
        if (!back.environment().equals(PRODUCTION)) {
            return Severity.MINOR;
        }
        return ratio(back.candidateSample()) >= CRITICAL_ERROR_RATIO
                ? Severity.CRITICAL
                : Severity.MAJOR;
    }

    static Severity severity(Fact.AlertFired alert) {
        if (!alert.environment().equals(PRODUCTION)) {
            return Severity.MINOR;
        }
        boolean far = alert.threshold() > 0 && alert.value() >= CRITICAL_EXCESS * alert.threshold();
        return far ? Severity.CRITICAL : Severity.MAJOR;
    }

    static String cause(Fact.ServiceRolledBack back) {
        return VERSION + back.version();
    }

    static String cause(Fact.AlertFired alert) {
        return RULE + alert.rule();
    }

    static String title(Fact.ServiceRolledBack back) {
        return "%s %s was rolled back in %s"
                .formatted(back.service(), back.version(), back.environment());
    }

    static String title(Fact.AlertFired alert) {
        return "%s in %s: %s".formatted(alert.service(), alert.environment(), alert.summary());
    }

    /** The title for readers of any language; what a rule's author wrote stands as it is. */
    static Wording wording(Event event, Fact.AlertFired alert) {
        return Wording.of(
                "operating.title.alert",
                alert.service(),
                alert.environment(),
                event.wording().<Object>map(said -> said).orElse(alert.summary()));
    }

    /** The figures that decided, in one line that also stands in the event. */
    static String evidence(Fact.ServiceRolledBack back) {
        var text = new StringBuilder();
        text.append(sample(back.candidateSample())).append(" against ");
        text.append(sample(back.stableSample()));
        if (!back.worstRoute().isEmpty()) {
            text.append("; worst route ").append(back.worstRoute()).append(" failed in ");
            text.append(percent(back.worstRouteErrorRatio())).append(" of its requests");
        }
        return text.append(". ").append(back.reason()).toString().strip();
    }

    static String evidence(Fact.AlertFired alert) {
        return String.format(
                Locale.ROOT,
                "%s: %s is beyond %s",
                alert.summary(),
                figure(alert.value()),
                figure(alert.threshold()));
    }

    private static String sample(Fact.TrafficSample sample) {
        return String.format(
                Locale.ROOT,
                "%s: %d of %d requests failed (%s), p95 %.0f ms",
                sample.version(),
                sample.errors(),
                sample.requests(),
                percent(ratio(sample)),
                sample.p95() * 1000);
    }

    static double ratio(Fact.TrafficSample sample) {
        return sample.requests() == 0 ? 0 : (double) sample.errors() / sample.requests();
    }

    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
    }

    private static String figure(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /**
     * The open incident that a rollback belongs to: of the same version, whether an earlier
     * rollback or an alert about it opened it.
     */
    static Optional<Incident> joined(Fact.ServiceRolledBack back, List<Incident> open) {
        return open.stream()
                .filter(one -> !one.manual() && one.suspect().version().equals(back.version()))
                .findFirst();
    }

    /**
     * The open incident that an alert belongs to: the one of the same rule, else of the same
     * version, else the newest: while a service is in trouble, alerts about it are symptoms.
     */
    static Optional<Incident> joined(Fact.AlertFired alert, List<Incident> open) {
        return open.stream()
                .filter(one -> one.cause().equals(cause(alert)))
                .findFirst()
                .or(() -> ofVersion(alert.version(), open))
                .or(() -> open.stream().findFirst());
    }

    private static Optional<Incident> ofVersion(String version, List<Incident> open) {
        return open.stream()
                .filter(one -> !version.isEmpty() && one.suspect().version().equals(version))
                .findFirst();
    }

    /**
     * Whether a deployment ends an incident: a newer version than the one at fault serves all
     * traffic. An older one only means that users are safe. Where no version is suspected, only a
     * person can tell.
     */
    static boolean fixes(Fact.ServiceDeployed deployed, Incident incident) {
        var suspect = incident.suspect().version();
        return !suspect.isEmpty() && Versions.isNewer(deployed.version(), suspect);
    }

    static boolean mitigates(Fact.ServiceDeployed deployed, Incident incident) {
        var suspect = incident.suspect().version();
        return !suspect.isEmpty() && !deployed.version().equals(suspect);
    }

    static String resolution(Fact.ServiceDeployed deployed) {
        var tickets = new StringBuilder();
        deployed.tickets().forEach(ticket -> tickets.append(" #").append(ticket));
        return "version %s serves all traffic of %s in %s%s"
                .formatted(
                        deployed.version(),
                        deployed.service(),
                        deployed.environment(),
                        tickets.isEmpty() ? "" : ", with" + tickets);
    }
}
