package dev.rondo.monitoring;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.monitoring.AlertRule.Figure;
import dev.rondo.monitoring.view.AlertLine;
import dev.rondo.monitoring.view.AlertsView.PastLine;
import dev.rondo.monitoring.view.AlertsView.RuleLine;
import dev.rondo.store.Micros;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Makes of alerts and rules what their page shows. */
final class AlertViews {

    private AlertViews() {}

    static List<AlertLine> active(List<AlertStore.Row> rows, List<Silence> silences, Words words) {
        var now = Micros.now();
        return rows.stream()
                .map(row ->
                        new AlertLine(
                                row.key().rule(),
                                row.key().service().service(),
                                row.key().service().environment(),
                                row.key().service().path(),
                                row.alert().version(),
                                row.alert().state().name().toLowerCase(Locale.ROOT),
                                row.severity(),
                                words.said(row.wording(), row.summary()),
                                words.digits(row.alert().value(), 3),
                                words.digits(row.threshold(), 3),
                                Micros.toInstant(row.alert().since()),
                                Silence.of(row, silences, now).map(AlertViews::hush),
                                silencing(row.key())))
                .toList();
    }

    /** The form with the matchers of this very alert. */
    private static String silencing(AlertStore.Key key) {
        return "/projects/"
                + key.service().project()
                + "/monitoring/silences?matchers="
                + URLEncoder.encode(Matchers.of(key), StandardCharsets.UTF_8);
    }

    private static AlertLine.Hush hush(Silence silence) {
        return new AlertLine.Hush(
                silence.id(),
                silence.account(),
                silence.comment(),
                Micros.toInstant(silence.endsAt()));
    }

    /** What fired and was resolved, from the journal, newest first. */
    static List<PastLine> past(List<Event> events, Words words) {
        return events.stream()
                .map(event ->
                        switch (event.fact()) {
                            case Fact.AlertFired fired ->
                                    new PastLine(
                                            fired.rule(),
                                            fired.service(),
                                            fired.environment(),
                                            "firing",
                                            words.said(event.wording(), fired.summary()),
                                            event.at());
                            case Fact.AlertSilenced silenced ->
                                    new PastLine(
                                            silenced.rule(),
                                            silenced.service(),
                                            silenced.environment(),
                                            "silenced",
                                            words.said(event.wording(), silenced.summary()),
                                            event.at());
                            case Fact.AlertResolved resolved ->
                                    new PastLine(
                                            resolved.rule(),
                                            resolved.service(),
                                            resolved.environment(),
                                            "resolved",
                                            "",
                                            event.at());
                            default ->
                                    throw new IllegalStateException(event.kind() + " is no alert");
                        })
                .toList();
    }

    static List<RuleLine> rules(List<AlertRule> rules, Words words) {
        return rules.stream()
                .map(rule ->
                        new RuleLine(
                                rule.name(),
                                "monitoring.figure." + rule.figure().word(),
                                (rule.above() ? "> " : "< ") + threshold(rule, words),
                                time(rule.over()),
                                time(rule.lasting()),
                                where(rule, words),
                                rule.severity(),
                                AlertRule.USUAL.contains(rule)))
                .toList();
    }

    private static String threshold(AlertRule rule, Words words) {
        return switch (rule.figure()) {
            case ERROR_RATIO -> words.ratio(rule.threshold());
            case LATENCY_P50, LATENCY_P95, LATENCY_P99 -> words.seconds(rule.threshold());
            case REQUESTS_PER_SECOND -> words.rate(rule.threshold());
            case MEMORY_BYTES -> words.bytes(rule.threshold());
            default ->
                    words.digits(rule.threshold(), rule.figure() == Figure.INSTANCES_DOWN ? 0 : 2);
        };
    }

    private static String time(Duration time) {
        return time.toSeconds() % 60 == 0 && !time.isZero()
                ? time.toMinutes() + " min"
                : time.toSeconds() + " s";
    }

    private static String where(AlertRule rule, Words words) {
        if (rule.service().isEmpty() && rule.environment().isEmpty()) {
            return words.text("monitoring.rule.everywhere");
        }
        return (rule.service().isEmpty() ? "*" : rule.service())
                + "/"
                + (rule.environment().isEmpty() ? "*" : rule.environment());
    }
}
