package dev.rondo.journal;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The kinds of event, each with its name in the journal and the record of its payload. */
public enum Kind {
    PROJECT_CREATED("project.created", Fact.ProjectCreated.class),
    AUDIT_RECORDED("audit.recorded", Fact.AuditRecorded.class),
    TICKET_CREATED("ticket.created", Fact.TicketCreated.class),
    TICKET_UPDATED("ticket.updated", Fact.TicketUpdated.class),
    TICKET_MOVED("ticket.moved", Fact.TicketMoved.class),
    TICKET_COMMENTED("ticket.commented", Fact.TicketCommented.class),
    SPRINT_CHANGED("sprint.changed", Fact.SprintChanged.class),
    REPOSITORY_CREATED("repository.created", Fact.RepositoryCreated.class),
    CHANGE_PUSHED("change.pushed", Fact.ChangePushed.class),
    PIPELINERUN_QUEUED("pipelinerun.queued", Fact.PipelineRunQueued.class),
    PIPELINERUN_STARTED("pipelinerun.started", Fact.PipelineRunStarted.class),
    PIPELINERUN_FINISHED("pipelinerun.finished", Fact.PipelineRunFinished.class),
    TASKRUN_STARTED("taskrun.started", Fact.TaskRunStarted.class),
    TASKRUN_FINISHED("taskrun.finished", Fact.TaskRunFinished.class),
    ARTIFACT_PACKAGED("artifact.packaged", Fact.ArtifactPackaged.class),
    TESTSUITERUN_FINISHED("testsuiterun.finished", Fact.TestSuiteRunFinished.class),
    GATE_DECIDED("gate.decided", Fact.GateDecided.class),
    RELEASE_DRAFTED("release.drafted", Fact.ReleaseDrafted.class),
    RELEASE_APPROVED("release.approved", Fact.ReleaseApproved.class),
    RELEASE_PUBLISHED("release.published", Fact.ReleasePublished.class),
    RELEASE_OPENED("release.opened", Fact.ReleaseOpened.class),
    RELEASE_RECALLED("release.recalled", Fact.ReleaseRecalled.class),
    ROLLOUT_STARTED("rollout.started", Fact.RolloutStarted.class),
    ROLLOUT_STEPPED("rollout.stepped", Fact.RolloutStepped.class),
    JUDGEMENT_REQUESTED("judgement.requested", Fact.JudgementRequested.class),
    JUDGEMENT_GIVEN("judgement.given", Fact.JudgementGiven.class),
    ROLLOUT_FINISHED("rollout.finished", Fact.RolloutFinished.class),
    SERVICE_DEPLOYED("service.deployed", Fact.ServiceDeployed.class),
    SERVICE_ROLLEDBACK("service.rolledback", Fact.ServiceRolledBack.class),
    INSTANCE_CHANGED("instance.changed", Fact.InstanceChanged.class),
    INCIDENT_DETECTED("incident.detected", Fact.IncidentDetected.class),
    INCIDENT_UPDATED("incident.updated", Fact.IncidentUpdated.class),
    INCIDENT_RESOLVED("incident.resolved", Fact.IncidentResolved.class),
    NOTIFICATION_SENT("notification.sent", Fact.NotificationSent.class),
    ALERT_FIRED("alert.fired", Fact.AlertFired.class),
    ALERT_SILENCED("alert.silenced", Fact.AlertSilenced.class),
    ALERT_RESOLVED("alert.resolved", Fact.AlertResolved.class),
    COMMAND_GIVEN("command.given", Fact.CommandGiven.class);

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final Map<String, Kind> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(k -> k.word + "/1", k -> k));
    private static final Map<Class<? extends Fact>, Kind> BY_TYPE =
            Arrays.stream(values()).collect(Collectors.toMap(k -> k.type, Function.identity()));

    private final String word;
    private final Class<? extends Fact> type;

    Kind(String word, Class<? extends Fact> type) {
        this.word = word;
        this.type = type;
    }

    /** The name in the journal, such as {@code change.pushed}. */
    public String word() {
        return word;
    }

    public int version() {
        return 1;
    }

    public static Kind of(Class<? extends Fact> type) {
        var kind = BY_TYPE.get(type);
        if (kind == null) {
            throw new IllegalArgumentException("no kind of event for " + type.getName());
        }
        return kind;
    }

    static Kind of(String word, int version) {
        var kind = BY_NAME.get(word + "/" + version);
        if (kind == null) {
            throw new IllegalArgumentException("no kind of event " + word + " version " + version);
        }
        return kind;
    }

    Fact read(String payload) {
        return JSON.readValue(payload, type);
    }

    static String write(Fact fact) {
        return JSON.writeValueAsString(fact);
    }
}
