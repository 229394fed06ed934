package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.web.Visit;
import java.util.Collection;
import java.util.stream.Collectors;

/** What an event is about, in a few words: names, numbers, versions, states. */
final class Abouts {

    private Abouts() {}

    static String of(Visit visit, Event event) {
        return switch (event.fact()) {
            case Fact.ProjectCreated f -> f.title();
            case Fact.AuditRecorded f -> f.action() + " " + f.target();
            case Fact.TicketCreated f -> "#" + f.number() + " " + f.title();
            case Fact.TicketUpdated f ->
                    "#" + f.number() + " " + fields(visit, f.changes().keySet());
            case Fact.TicketMoved f ->
                    "#" + f.number() + " " + state(visit, f.from()) + " → " + state(visit, f.to());
            case Fact.TicketCommented f -> "#" + f.number();
            case Fact.SprintChanged f -> f.name() + " → " + state(visit, f.state());
            case Fact.RepositoryCreated f -> f.repository();
            case Fact.ChangePushed f ->
                    f.commits().isEmpty() ? f.ref() : f.commits().getFirst().subject();
            case Fact.PipelineRunQueued f -> f.workflow() + " #" + f.number();
            case Fact.PipelineRunStarted f -> f.workflow() + " #" + f.number();
            case Fact.PipelineRunFinished f ->
                    f.workflow() + " #" + f.number() + " → " + state(visit, f.outcome());
            case Fact.TaskRunStarted f -> f.name();
            case Fact.TaskRunFinished f -> f.name() + " → " + state(visit, f.outcome());
            case Fact.ArtifactPackaged f -> f.name();
            case Fact.TestSuiteRunFinished f -> f.passed() + " / " + f.tests();
            case Fact.GateDecided f -> state(visit, f.verdict());
            case Fact.ReleaseDrafted f -> f.version();
            case Fact.ReleaseApproved f -> f.version() + " → " + f.environment();
            case Fact.ReleasePublished f -> f.version();
            case Fact.ReleaseOpened f -> f.version() + " → " + f.environment();
            case Fact.ReleaseRecalled f -> f.version();
            case Fact.RolloutStarted f -> at(f.service(), f.version(), f.environment());
            case Fact.RolloutStepped f ->
                    at(f.service(), f.version(), f.environment()) + " " + f.weight() + " %";
            case Fact.JudgementRequested f -> at(f.service(), f.candidate(), f.environment());
            case Fact.JudgementGiven f ->
                    at(f.service(), f.candidate(), f.environment())
                            + " → "
                            + state(visit, f.verdict());
            case Fact.RolloutFinished f ->
                    at(f.service(), f.version(), f.environment())
                            + " → "
                            + state(visit, f.outcome());
            case Fact.ServiceDeployed f -> at(f.service(), f.version(), f.environment());
            case Fact.ServiceRolledBack f ->
                    at(f.service(), f.version(), f.environment()) + " → " + f.toVersion();
            case Fact.InstanceChanged f ->
                    at(f.service(), f.version(), f.environment()) + " → " + state(visit, f.state());
            case Fact.IncidentDetected f -> "!" + f.number() + " " + f.title();
            case Fact.IncidentUpdated f -> "!" + f.number() + " → " + state(visit, f.state());
            case Fact.IncidentResolved f -> "!" + f.number();
            case Fact.NotificationSent f -> f.channel() + " → " + f.to();
            case Fact.AlertFired f -> f.rule() + " " + f.service();
            case Fact.AlertSilenced f -> f.rule() + " " + f.service();
            case Fact.AlertResolved f -> f.rule() + " " + f.service();
            case Fact.CommandGiven f -> f.command();
        };
    }

    private static String state(Visit visit, String state) {
        return visit.textOr("loop.state." + state, state);
    }

    private static String fields(Visit visit, Collection<String> fields) {
        return fields.stream()
                .map(field -> visit.textOr("loop.field." + field, field))
                .collect(Collectors.joining(", "));
    }

    private static String at(String service, String version, String environment) {
        return service + " " + version + " @ " + environment;
    }
}
