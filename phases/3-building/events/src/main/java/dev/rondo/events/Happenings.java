package dev.rondo.events;

import dev.rondo.access.Grant;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.phase.WorkItems;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From events of the journal to events of workflows; one may be several, or none. */
public final class Happenings {
    /** Kinds of facts that may start a workflow. */
    public static final Set<Class<? extends Fact>> FACTS =
            Set.of(
                    Fact.ChangePushed.class,
                    Fact.TicketCreated.class,
                    Fact.TicketUpdated.class,
                    Fact.TicketMoved.class,
                    Fact.TicketCommented.class,
                    Fact.ReleasePublished.class,
                    Fact.ReleaseRecalled.class,
                    Fact.RolloutStarted.class,
                    Fact.RolloutFinished.class,
                    Fact.PipelineRunQueued.class,
                    Fact.PipelineRunStarted.class,
                    Fact.PipelineRunFinished.class);

    /** Events of workflows that something here makes; the language knows more of them. */
    public static final Set<String> EVENTS =
            Set.of(
                    "create",
                    "delete",
                    "deployment",
                    "deployment_status",
                    "issue_comment",
                    "issues",
                    "push",
                    "release",
                    "repository_dispatch",
                    "schedule",
                    "workflow_call",
                    "workflow_dispatch",
                    "workflow_run");

    private Happenings() {}

    /** What payloads need beside the event itself. */
    public interface Lookup {
        Optional<WorkItems.Item> item(long number);

        Optional<FinishedRun> run(String id);

        /** Whether the tag of a push came with so many others that none of them starts anything. */
        boolean amongManyTags(Event event);

        /** All events about the subject of an event, oldest first. */
        List<Event> story(Event event);
    }

    /**
     * In the order in which GitHub sends them. What was done with a job's own token starts nothing
     * ("Triggering a workflow from a workflow"), except that runs tell of each other.
     */
    public static List<Happening> of(Scene scene, Event event, Lookup lookup) {
        Fact fact = event.fact();
        if (event.actor().equals(Grant.BOT) && !event.kind().startsWith("pipelinerun.")) {
            return List.of();
        }
        return switch (fact) {
            case Fact.ChangePushed push
                    when push.ref().startsWith("refs/tags/") && lookup.amongManyTags(event) ->
                    List.of();
            case Fact.ChangePushed push -> PushEvents.of(scene, push, event.actor());
            case Fact.TicketCreated made -> issue(scene, event, made.number(), lookup);
            case Fact.TicketUpdated updated -> issue(scene, event, updated.number(), lookup);
            case Fact.TicketMoved moved -> issue(scene, event, moved.number(), lookup);
            case Fact.TicketCommented remark -> issue(scene, event, remark.number(), lookup);
            case Fact.ReleasePublished release -> ReleaseEvents.published(scene, event, release);
            case Fact.ReleaseRecalled release ->
                    ReleaseEvents.recalled(scene, event, lookup.story(event));
            case Fact.RolloutStarted rollout -> DeploymentEvents.started(scene, event, rollout);
            case Fact.RolloutFinished end ->
                    DeploymentEvents.finished(scene, event, end, lookup.story(event));
            case Fact.PipelineRunQueued run ->
                    run(scene, event, "requested", lookup.run(run.run()));
            case Fact.PipelineRunStarted run ->
                    run(scene, event, "in_progress", lookup.run(run.run()));
            case Fact.PipelineRunFinished run ->
                    run(scene, event, "completed", lookup.run(run.run()));
            default -> List.of();
        };
    }

    private static List<Happening> issue(Scene scene, Event event, long number, Lookup lookup) {
        return lookup.item(number)
                .map(item -> new IssueEvents(scene, event, item, lookup.story(event)).all())
                .orElse(List.of());
    }

    private static List<Happening> run(
            Scene scene, Event event, String action, Optional<FinishedRun> run) {
        return run.map(told -> WorkflowRunEvents.of(scene, event, action, told)).orElse(List.of());
    }
}
