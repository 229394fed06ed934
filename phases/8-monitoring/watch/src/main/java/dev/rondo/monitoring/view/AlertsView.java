package dev.rondo.monitoring.view;

import java.util.List;

/**
 * Rules and what fires.
 *
 * @param problem of the rule file in a sentence, or empty
 * @param revision of the file that was read, or empty
 */
public record AlertsView(
        List<AlertLine> active,
        List<PastLine> past,
        List<RuleLine> rules,
        String problem,
        String revision) {

    /** A rule that holds. */
    public record RuleLine(
            String name,
            String figureKey,
            String condition,
            String over,
            String lasting,
            String where,
            String severity,
            boolean usual) {}

    /** What fired or was resolved before. */
    public record PastLine(
            String rule,
            String service,
            String environment,
            String state,
            String summary,
            java.time.Instant at) {}
}
