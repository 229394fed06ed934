package dev.rondo.operating;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.web.Texts;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Says what speaks for an incident, in the reader's language: what a person wrote, as it stands,
 * and what the events tell that it grew from. Those are kept as events, never as sentences.
 */
final class Evidence {

    private static final int MOST = 20;

    private final Texts texts;
    private final Locale language;

    Evidence(Texts texts, Locale language) {
        this.texts = texts;
        this.language = language;
    }

    List<String> of(Handle sql, Incident incident) {
        Set<String> sentences = new LinkedHashSet<>();
        incident.evidence().lines().filter(line -> !line.isBlank()).forEach(sentences::add);
        for (var seq : IncidentStore.signals(sql, incident.project(), incident.number())) {
            if (sentences.size() >= MOST) {
                break;
            }
            JournalReads.find(sql, seq).map(this::sentence).ifPresent(sentences::add);
        }
        sentences.remove("");
        return List.copyOf(sentences);
    }

    private String sentence(Event event) {
        return switch (event.fact()) {
            case Fact.ServiceRolledBack back -> sentence(event, back);
            case Fact.AlertFired alert -> sentence(alert);
            default -> "";
        };
    }

    private String sentence(Event event, Fact.ServiceRolledBack back) {
        if (back.candidateSample().requests() == 0) {
            var reason = texts.say(language, event.wording(), back.reason());
            return say("operating.evidence.reason", back.version(), reason);
        }
        var parts = new ArrayList<String>();
        parts.add(
                say(
                        "operating.evidence.against",
                        sample(back.candidateSample()),
                        sample(back.stableSample())));
        if (!back.worstRoute().isEmpty()) {
            parts.add(
                    say(
                            "operating.evidence.route",
                            back.worstRoute(),
                            percent(back.worstRouteErrorRatio())));
        }
        return String.join(" ", parts);
    }

    String sentence(Fact.AlertFired alert) {
        return say(
                "operating.evidence.alert",
                alert.rule(),
                figure(alert.value()),
                figure(alert.threshold()));
    }

    private String sample(Fact.TrafficSample sample) {
        return say(
                "operating.evidence.sample",
                sample.version(),
                sample.errors(),
                sample.requests(),
                percent(IncidentRules.ratio(sample)),
                Math.round(sample.p95() * 1000));
    }

    private String percent(double ratio) {
        var format = NumberFormat.getNumberInstance(language);
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        return format.format(ratio * 100) + " %";
    }

    private String figure(double value) {
        var format = NumberFormat.getNumberInstance(language);
        format.setMaximumFractionDigits(4);
        return format.format(value);
    }

    private String say(String key, Object... args) {
        return texts.say(language, key, args);
    }
}
