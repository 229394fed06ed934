package dev.rondo.events;

import dev.rondo.actions.Value;
import dev.rondo.journal.Event;
import java.util.List;

/** {@code workflow_run}: requested, in_progress, completed. */
final class WorkflowRunEvents {
    /** "You can't use workflow_run to chain together more than three levels of workflows." */
    static final int LEVELS = 3;

    private WorkflowRunEvents() {}

    static List<Happening> of(Scene scene, Event event, String action, FinishedRun run) {
        boolean again = action.equals("requested") && run.rerun();
        if (run.depth() >= LEVELS || again) {
            return List.of();
        }
        String actor = run.actor();
        var payload =
                new Shape()
                        .put("action", action)
                        .put("workflow", workflow(scene, run))
                        .put("workflow_run", run(scene, action, run))
                        .in(scene, actor);
        return Sources.defaultBranch(scene, actor)
                .map(source -> Happening.of("workflow_run", payload, source, run.title()))
                .stream()
                .toList();
    }

    private static Shape workflow(Scene scene, FinishedRun run) {
        String api = scene.api("/actions/workflows/" + run.workflowId());
        String file = run.file().substring(run.file().lastIndexOf('/') + 1);
        return new Shape()
                .put("id", run.workflowId())
                .put("name", run.workflow())
                .put("path", run.file())
                .put("state", "active")
                .put("url", api)
                .put("html_url", scene.home() + "/building/workflows/" + file)
                .put("badge_url", scene.home() + "/building/workflows/" + file + "/badge.svg");
    }

    private static Shape run(Scene scene, String action, FinishedRun run) {
        String api = scene.api("/actions/runs/" + run.id());
        boolean over = action.equals("completed");
        String status = over ? "completed" : action.equals("requested") ? "queued" : "in_progress";
        var shape =
                new Shape()
                        .put("id", run.id())
                        .put("name", run.workflow())
                        .put("display_title", run.title())
                        .put("head_branch", PushEvents.name(run.ref()))
                        .put("head_sha", run.commit())
                        .put("path", run.file())
                        .put("run_number", run.number())
                        .put("run_attempt", run.attempt())
                        .put("event", run.event())
                        .put("status", status)
                        .maybe("conclusion", over ? run.conclusion() : "")
                        .put("workflow_id", run.workflowId())
                        .put("url", api)
                        .put("html_url", scene.home() + "/building/runs/" + run.id())
                        .put("pull_requests", List.of())
                        .put("created_at", run.createdAt())
                        .put("updated_at", run.updatedAt())
                        .put("run_started_at", run.startedAt())
                        .put("actor", Shape.user(scene, run.actor()))
                        .put("triggering_actor", Shape.user(scene, run.actor()))
                        .put("jobs_url", api + "/jobs")
                        .put("logs_url", api + "/logs")
                        .put("artifacts_url", api + "/artifacts")
                        .put("cancel_url", api + "/cancel")
                        .put("rerun_url", api + "/rerun")
                        .put("workflow_url", scene.api("/actions/workflows/" + run.workflowId()))
                        .nothing("previous_attempt_url");
        Value head =
                Commits.find(scene, run.commit())
                        .map(commit -> Commits.ofRun(commit).value())
                        .orElse(Value.NOTHING);
        return shape.put("head_commit", head)
                .put("repository", Shape.repository(scene))
                .put("head_repository", Shape.repository(scene));
    }
}
