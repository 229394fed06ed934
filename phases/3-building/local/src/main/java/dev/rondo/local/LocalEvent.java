package dev.rondo.local;

import dev.rondo.actions.DispatchInputs;
import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.events.Happening;
import dev.rondo.events.Happenings;
import dev.rondo.events.Orders;
import dev.rondo.events.Scene;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.local.LocalRun.Refused;
import dev.rondo.phase.Spine;
import dev.rondo.triggers.Scenes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said to have happened when a workflow is run on the command line. */
final class LocalEvent {
    private final Spine spine;
    private final Scenes scenes;

    LocalEvent(Spine spine, Scenes scenes) {
        this.spine = spine;
        this.scenes = scenes;
    }

    Happening of(Scene scene, Workflow workflow, Happening.Source source, LocalRun.Wanted wanted) {
        String event = wanted.event().isEmpty() ? usual(workflow) : wanted.event();
        if (wanted.payload().isPresent()) {
            return bare(event, payload(wanted.payload().get()), source);
        }
        if (event.equals("workflow_dispatch")) {
            return switch (DispatchInputs.check(workflow.on().dispatchInputs(), wanted.inputs())) {
                case DispatchInputs.Refused refused ->
                        throw new Refused(
                                String.join(
                                        "; ",
                                        refused.problems().stream()
                                                .map(DispatchInputs.Problem::text)
                                                .toList()));
                case DispatchInputs.Taken taken ->
                        Orders.dispatch(scene, source, workflow.file(), taken.texts());
            };
        }
        if (!wanted.inputs().isEmpty()) {
            throw new Refused("--input belongs to --event workflow_dispatch");
        }
        return switch (event) {
            case "push" -> push(scene, source);
            case "pull_request", "pull_request_target" -> bare(event, pull(scene, source), source);
            default -> bare(event, Value.of(Map.of()), source);
        };
    }

    /** One from the branch that is checked out, to itself: there is no other place it could go. */
    private static Value pull(Scene scene, Happening.Source source) {
        Value branch = Value.of(source.ref().replaceFirst("^refs/heads/", ""));
        Value side = Value.of(Map.of("ref", branch, "sha", Value.of(source.commit())));
        Value number = Value.of(1.0);
        return Value.of(
                Map.of(
                        "action",
                        Value.of("opened"),
                        "number",
                        number,
                        "pull_request",
                        Value.of(
                                Map.of(
                                        "number",
                                        number,
                                        "title",
                                        Value.of(scene.project().name()),
                                        "head",
                                        side,
                                        "base",
                                        side))));
    }

    /** The first of those that need no payload, else whatever the workflow listens to. */
    static String usual(Workflow workflow) {
        List<String> events = List.copyOf(workflow.on().events().keySet());
        return List.of("push", "workflow_dispatch", "pull_request").stream()
                .filter(events::contains)
                .findFirst()
                .orElse(events.isEmpty() ? "push" : events.getFirst());
    }

    private static Value payload(String json) {
        try {
            return Value.json(json);
        } catch (ExpressionFault e) {
            throw new Refused("--payload: " + e.message());
        }
    }

    private static Happening bare(String event, Value payload, Happening.Source source) {
        return new Happening(event, payload, source, "", Optional.empty(), Optional::empty);
    }

    private Happening push(Scene scene, Happening.Source source) {
        String project = scene.project().name();
        var fact =
                new Fact.ChangePushed(
                        project,
                        source.ref(),
                        RefUpdate.NONE,
                        source.commit(),
                        true,
                        false,
                        List.of());
        Event event =
                spine.store()
                        .write(tx ->
                                spine.journal()
                                        .append(
                                                tx,
                                                new Draft(
                                                        project,
                                                        Subject.of("change", source.commit()),
                                                        LocalRun.ACCOUNT,
                                                        fact)));
        return Happenings.of(scene, event, scenes.lookup(project)).stream()
                .filter(one -> one.name().equals("push"))
                .findFirst()
                .orElseThrow();
    }
}
