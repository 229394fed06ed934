package dev.rondo.operating;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.JournalReads.Direction;
import dev.rondo.operating.view.IncidentRow;
import dev.rondo.operating.view.IncidentView;
import dev.rondo.store.Micros;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** What the pages of incidents show. */
final class IncidentReads {

    private static final int EVIDENCE_EVENTS = 30;

    private final Texts texts;

    IncidentReads(Texts texts) {
        this.texts = texts;
    }

    IncidentRow row(Incident incident, Locale language) {
        return new IncidentRow(
                incident.number(),
                incident.severity().word(),
                incident.state().word(),
                Message.title(texts, incident, language),
                incident.place().service(),
                incident.place().environment(),
                incident.suspect().version(),
                incident.times().detected(),
                incident.times().resolved());
    }

    IncidentView view(Handle sql, Incident incident, Visit visit) {
        var service = ServiceStore.find(sql, incident.project(), incident.place());
        var facts =
                new IncidentView.Facts(
                        incident.suspect().commit(),
                        incident.suspect().rollout(),
                        String.join(
                                ", ",
                                Roster.first(sql, incident).stream()
                                        .map(account -> account.title())
                                        .toList()),
                        incident.acknowledgedBy(),
                        incident.times().acknowledged(),
                        incident.times().mitigated(),
                        Message.resolution(texts, incident, visit.locale()),
                        service.map(found -> found.care().runbook()).orElse(""));
        return new IncidentView(
                row(incident, visit.locale()),
                facts,
                evidence(sql, incident, visit.locale()),
                timeline(sql, incident, visit),
                notifications(sql, incident),
                IncidentStore.tickets(sql, incident.project(), incident.number(), "suspect"),
                IncidentStore.tickets(sql, incident.project(), incident.number(), "follow-up"));
    }

    private List<IncidentView.Entry> timeline(Handle sql, Incident incident, Visit visit) {
        return IncidentTimeline.of(sql, incident).stream()
                .map(event ->
                        new IncidentView.Entry(
                                event.at(),
                                Sentences.phase(event),
                                Sentences.of(visit, event),
                                event.actor(),
                                visit.link(event.subject()).orElse(""),
                                isKey(event)))
                .toList();
    }

    private static boolean isKey(Event event) {
        return switch (event.fact()) {
            case Fact.ServiceRolledBack f -> true;
            case Fact.ServiceDeployed f -> true;
            case Fact.IncidentDetected f -> true;
            case Fact.IncidentResolved f -> true;
            case Fact.AlertFired f -> true;
            default -> false;
        };
    }

    /** The samples of the judgement that decided, or of the rollback itself. */
    private IncidentView.Evidence evidence(Handle sql, Incident incident, Locale language) {
        var signals = IncidentStore.signals(sql, incident.project(), incident.number());
        var samples = new ArrayList<IncidentView.Sample>();
        var near = JournalReads.thread(sql, signals, Direction.CAUSES, EVIDENCE_EVENTS);
        for (var event : near.values()) {
            if (samples.isEmpty() && event.fact() instanceof Fact.ServiceRolledBack back) {
                samples.add(sample(back.candidateSample(), true));
                samples.add(sample(back.stableSample(), false));
            }
        }
        for (var event : near.values()) {
            if (samples.isEmpty()
                    && event.fact() instanceof Fact.JudgementGiven given
                    && given.verdict().equals("fail")) {
                samples.add(sample(given.candidateSample(), true));
                samples.add(sample(given.stableSample(), false));
            }
        }
        var sentences = new Evidence(texts, language).of(sql, incident);
        return new IncidentView.Evidence(sentences, List.copyOf(samples));
    }

    private static IncidentView.Sample sample(Fact.TrafficSample sample, boolean suspect) {
        return new IncidentView.Sample(
                sample.version(),
                suspect,
                sample.requests(),
                sample.errors(),
                IncidentRules.ratio(sample),
                sample.p50(),
                sample.p95(),
                sample.p99());
    }

    private static List<IncidentView.Sent> notifications(Handle sql, Incident incident) {
        return Notifications.of(sql, incident.project(), incident.number()).stream()
                .map(sent ->
                        new IncidentView.Sent(
                                sent.channel().word(),
                                sent.target(),
                                sent.state(),
                                sent.error(),
                                Micros.toInstant(sent.madeAt())))
                .toList();
    }
}
