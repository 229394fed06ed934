package dev.rondo.planning;

import dev.rondo.journal.Fact;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text of the bug that a rollback writes: Markdown in English, since it is kept as it is and
 * every reader of the project gets the same.
 */
final class BugReport {

    private BugReport() {}

    static String title(Fact.ServiceRolledBack back) {
        return back.worstRoute().isEmpty()
                ? "%s %s was rolled back in %s"
                        .formatted(back.service(), back.version(), back.environment())
                : "%s fails in %s of its requests since %s %s"
                        .formatted(
                                back.worstRoute(),
                                percent(back.worstRouteErrorRatio()),
                                back.service(),
                                back.version());
    }

    static String text(
            Fact.ServiceRolledBack back,
            Optional<Fact.IncidentDetected> incident,
            List<Long> stories) {
        var text = new StringBuilder();
        text.append(
                "Version **%s** of **%s** was rolled back in %s"
                        .formatted(back.version(), back.service(), back.environment()));
        text.append(
                back.toVersion().isEmpty() ? ".\n\n" : " to %s.\n\n".formatted(back.toVersion()));
        text.append(back.reason()).append("\n\n");
        text.append("| | requests | errors | error ratio | p95 |\n|---|---:|---:|---:|---:|\n");
        row(text, "stable", back.stableSample());
        row(text, "candidate", back.candidateSample());
        text.append('\n');
        if (!back.worstRoute().isEmpty()) {
            text.append(
                    "- Failing route: `%s`, %s of its requests failed\n"
                            .formatted(back.worstRoute(), percent(back.worstRouteErrorRatio())));
        }
        if (!back.commit().isEmpty()) {
            text.append("- Commit: ").append(back.commit()).append('\n');
        }
        if (!stories.isEmpty()) {
            text.append("- It brought: ")
                    .append(stories.stream().map(n -> "#" + n).collect(Collectors.joining(", ")))
                    .append('\n');
        }
        incident.ifPresent(found ->
                text.append(
                        "- Incident %d (%s): %s\n"
                                .formatted(found.number(), found.severity(), found.title())));
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Fact.TrafficSample sample) {
        double ratio = sample.requests() == 0 ? 0 : (double) sample.errors() / sample.requests();
        text.append(
                String.format(
                        Locale.ROOT,
                        "| %s %s | %d | %d | %s | %d ms |%n",
                        name,
                        sample.version(),
                        sample.requests(),
                        sample.errors(),
                        percent(ratio),
                        Math.round(sample.p95() * 1000)));
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
    }
}
