package dev.rondo.operating;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.web.Visit;
import java.util.Locale;

/** What happened, as a sentence in the reader's language. */
final class Sentences {

    private static final int SHORT_COMMIT = 8;

    private Sentences() {}

    static String of(Visit visit, Event event) {
        var key = "operating.event." + event.kind();
        return switch (event.fact()) {
            case Fact.TicketCreated f -> visit.text(key, f.number(), f.title());
            case Fact.TicketUpdated f -> visit.text(key, f.number());
            case Fact.TicketMoved f ->
                    visit.text(key, f.number(), word(visit, f.from()), word(visit, f.to()));
            case Fact.TicketCommented f -> visit.text(key, f.number());
            case Fact.ChangePushed f ->
                    visit.text(
                            key,
                            shortened(f.after()),
                            f.commits().isEmpty() ? f.ref() : f.commits().getFirst().subject());
            case Fact.PipelineRunFinished f ->
                    visit.text(key, f.workflow(), f.number(), word(visit, f.outcome()));
            case Fact.ArtifactPackaged f -> visit.text(key, f.name());
            case Fact.TestSuiteRunFinished f -> visit.text(key, f.passed(), f.tests());
            case Fact.GateDecided f -> visit.text(key, word(visit, f.verdict()));
            case Fact.ReleaseDrafted f -> visit.text(key, f.version());
            case Fact.ReleaseApproved f -> visit.text(key, f.version(), f.environment(), f.by());
            case Fact.ReleasePublished f -> visit.text(key, f.version());
            case Fact.ReleaseOpened f -> visit.text(key, f.version(), f.environment());
            case Fact.ReleaseRecalled f ->
                    visit.text(key, f.version(), visit.said(event, f.reason()));
            case Fact.RolloutStarted f ->
                    visit.text(key, f.version(), f.service(), f.environment(), f.strategy());
            case Fact.RolloutStepped f -> visit.text(key, f.version(), f.weight());
            case Fact.JudgementGiven f ->
                    visit.text(
                            key,
                            f.candidate(),
                            word(visit, f.verdict()),
                            ratio(f.candidateSample()),
                            ratio(f.stableSample()));
            case Fact.RolloutFinished f -> visit.text(key, f.version(), word(visit, f.outcome()));
            case Fact.ServiceDeployed f ->
                    visit.text(key, f.version(), f.service(), f.environment());
            case Fact.ServiceRolledBack f ->
                    visit.text(key, f.service(), f.environment(), f.version(), f.toVersion());
            case Fact.AlertFired f -> visit.text(key, f.rule(), visit.said(event, f.summary()));
            case Fact.AlertSilenced f -> visit.text(key, f.rule(), visit.said(event, f.summary()));
            case Fact.AlertResolved f -> visit.text(key, f.rule());
            default -> ofIncident(visit, event, key);
        };
    }

    private static String ofIncident(Visit visit, Event event, String key) {
        return switch (event.fact()) {
            case Fact.IncidentDetected f ->
                    visit.text(
                            key,
                            f.number(),
                            visit.textOr("operating.severity." + f.severity(), f.severity()));
            case Fact.IncidentUpdated f when event.actor().equals(Incidents.ACTOR) ->
                    automatic(visit, f);
            case Fact.IncidentUpdated f ->
                    f.note().isEmpty()
                            ? visit.text("operating.event.incident." + f.state())
                            : visit.text(
                                    key,
                                    visit.textOr("operating.state." + f.state(), f.state()),
                                    f.note());
            case Fact.IncidentResolved f -> visit.text(key, f.resolution());
            case Fact.NotificationSent f ->
                    visit.text(
                            f.delivered() ? key : key + ".failed",
                            f.to(),
                            visit.textOr(
                                    "operating.channel." + f.channel().toLowerCase(Locale.ROOT),
                                    f.channel()));
            default -> event.kind() + " " + event.subject();
        };
    }

    /** What Rondo noted itself is said in the reader's language; the note is for other programs. */
    private static String automatic(Visit visit, Fact.IncidentUpdated fact) {
        var base = "operating.event.incident.";
        if (fact.note().startsWith(IncidentRules.NOBODY_ANSWERED)) {
            var who = fact.note().substring(IncidentRules.NOBODY_ANSWERED.length());
            return visit.text(base + "escalated", who);
        }
        return fact.note().isEmpty() || IncidentRules.saysSafe(fact.note())
                ? visit.text(base + fact.state())
                : visit.text(base + "joined");
    }

    /** States and outcomes of other phases, as people call them. */
    private static String word(Visit visit, String word) {
        return visit.textOr("operating.word." + word, word);
    }

    private static String ratio(Fact.TrafficSample sample) {
        return IncidentRules.percent(IncidentRules.ratio(sample));
    }

    static String shortened(String commit) {
        return commit.length() > SHORT_COMMIT ? commit.substring(0, SHORT_COMMIT) : commit;
    }

    /** The place in the loop of what an event is about. */
    static int phase(Event event) {
        return switch (event.subject().kind()) {
            case "ticket", "sprint" -> 1;
            case "repository", "change" -> 2;
            case "pipelinerun", "taskrun", "artifact" -> 3;
            case "testsuiterun", "gate" -> 4;
            case "release" -> 5;
            case "rollout", "service" -> event.fact() instanceof Fact.JudgementGiven ? 8 : 6;
            case "incident" -> 7;
            case "alert" -> 8;
            default -> 0;
        };
    }
}
