package dev.rondo.building;

import dev.rondo.access.Projects;
import dev.rondo.events.FinishedRun;
import dev.rondo.events.Scene;
import dev.rondo.joblogs.LogDownloads;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunStep;
import dev.rondo.store.Micros;
import dev.rondo.triggers.WorkflowRow;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Workflows, runs and jobs in the shape of GitHub's REST interface. */
final class GithubJson {
    /** What GitHub calls the first step of each job. */
    private final URI server;

    private final String project;

    GithubJson(URI server, String project) {
        this.server = server;
        this.project = project;
    }

    private String api(String path) {
        return server + "/api/v3/repos/" + Projects.OWNER + "/" + project + path;
    }

    private String page(String path) {
        return server + "/projects/" + project + "/building" + path;
    }

    private static @Nullable String time(long micros) {
        return micros == 0
                ? null
                : Micros.toInstant(micros).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Map<String, Object> user(String login) {
        return Map.of(
                "login",
                login,
                "id",
                Scene.number(login),
                "type",
                login.endsWith("[bot]") || login.startsWith("rondo:") ? "Bot" : "User",
                "site_admin",
                false);
    }

    private Map<String, Object> repository() {
        String full = Projects.OWNER + "/" + project;
        return Map.of(
                "id",
                Scene.number(full),
                "name",
                project,
                "full_name",
                full,
                "private",
                true,
                "owner",
                user(Projects.OWNER),
                "html_url",
                server + "/projects/" + project,
                "url",
                api(""),
                "fork",
                false);
    }

    Map<String, Object> workflow(WorkflowRow row) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", row.number());
        json.put("node_id", "");
        json.put("name", row.name());
        json.put("path", row.file());
        json.put("state", row.state());
        json.put("created_at", time(row.createdAt()));
        json.put("updated_at", time(row.updatedAt()));
        json.put("url", api("/actions/workflows/" + row.number()));
        json.put("html_url", page("/workflows/" + row.fileName()));
        json.put("badge_url", page("/workflows/" + row.fileName() + "/badge.svg"));
        return json;
    }

    /** What GitHub calls the state of a run or a job. */
    static String status(String state) {
        return switch (state) {
            case "finished" -> "completed";
            case "running" -> "in_progress";
            default -> state;
        };
    }

    private static @Nullable String conclusion(boolean finished, String outcome) {
        return finished ? FinishedRun.conclusion(outcome) : null;
    }

    Map<String, Object> run(Run run, long workflow) {
        String whole = api("/actions/runs/" + run.number());
        String own = run.turn().latest() ? whole : whole + "/attempts/" + run.attempt();
        Run.Progress progress = run.progress();
        long started = progress.startedAt() == 0 ? progress.queuedAt() : progress.startedAt();
        var json = new LinkedHashMap<String, Object>();
        json.put("id", run.number());
        json.put("node_id", "");
        json.put("name", run.name());
        json.put("head_branch", run.source().branch());
        json.put("head_sha", run.source().commit());
        json.put("path", run.file());
        json.put("display_title", run.title());
        json.put("run_number", run.ordinal());
        json.put("run_attempt", run.attempt());
        json.put("event", run.event().name());
        json.put("status", run.finished() ? "completed" : status(run.standing()));
        json.put("conclusion", conclusion(run.finished(), progress.outcome()));
        json.put("workflow_id", workflow);
        json.put("url", own);
        json.put("html_url", server + RunViews.path(run));
        json.put("pull_requests", List.of());
        json.put("created_at", time(progress.queuedAt()));
        json.put("updated_at", time(Math.max(started, progress.finishedAt())));
        json.put("run_started_at", time(started));
        json.put("actor", user(run.source().actor()));
        json.put("triggering_actor", user(run.startedBy()));
        json.put(
                "previous_attempt_url",
                run.attempt() == 1 ? null : whole + "/attempts/" + (run.attempt() - 1));
        json.put("jobs_url", own + "/jobs");
        json.put("logs_url", own + "/logs");
        json.put("artifacts_url", whole + "/artifacts");
        json.put("cancel_url", whole + "/cancel");
        json.put("rerun_url", whole + "/rerun");
        json.put("head_commit", commit(run));
        json.put("workflow_url", api("/actions/workflows/" + workflow));
        json.put("repository", repository());
        json.put("head_repository", repository());
        return json;
    }

    private static Map<String, Object> commit(Run run) {
        return Map.of("id", run.source().commit(), "message", run.title());
    }

    /** A job's number: the turn of its attempt and one made of its identifier, which has none. */
    static long number(Run run, RunJob job) {
        var sum = new CRC32();
        sum.update(job.id().getBytes(StandardCharsets.UTF_8));
        return run.turn().place() << 32 | sum.getValue();
    }

    static long turnOf(long job) {
        return job >>> 32;
    }

    Map<String, Object> job(Run run, RunJob job, List<RunStep> steps) {
        long number = number(run, job);
        var json = new LinkedHashMap<String, Object>();
        json.put("id", number);
        json.put("run_id", run.number());
        json.put("run_url", api("/actions/runs/" + run.number()));
        json.put("node_id", "");
        json.put("workflow_name", run.name());
        json.put("head_branch", run.source().branch());
        json.put("head_sha", run.source().commit());
        json.put("run_attempt", run.attempt());
        json.put("url", api("/actions/jobs/" + number));
        json.put("html_url", server + RunViews.job(run, job));
        json.put("status", job.gate().waits().held() ? "waiting" : status(job.state()));
        json.put("conclusion", conclusion(job.finished(), job.outcome()));
        json.put("created_at", time(run.progress().queuedAt()));
        json.put("started_at", time(job.startedAt()));
        json.put("completed_at", time(job.finishedAt()));
        json.put("name", job.name());
        json.put("steps", steps(job, steps));
        json.put("labels", job.gate().labels());
        json.put("runner_id", null);
        json.put("runner_name", "rondo");
        json.put("runner_group_id", null);
        json.put("runner_group_name", null);
        json.put("check_run_url", api("/check-runs/" + number));
        return json;
    }

    /** Behind the one that sets the job up. */
    private static List<Map<String, Object>> steps(RunJob job, List<RunStep> steps) {
        var all = new ArrayList<Map<String, Object>>();
        if (job.startedAt() > 0) {
            boolean up = !steps.isEmpty() || job.finished();
            long began = steps.isEmpty() ? job.finishedAt() : steps.getFirst().startedAt();
            all.add(
                    step(
                            new RunStep(
                                    job.id(),
                                    0,
                                    "",
                                    LogDownloads.SET_UP,
                                    "",
                                    !up ? "" : steps.isEmpty() ? job.outcome() : "success",
                                    "",
                                    0,
                                    "",
                                    job.startedAt(),
                                    began)));
        }
        steps.forEach(step -> all.add(step(step)));
        return all;
    }

    private static Map<String, Object> step(RunStep step) {
        boolean finished = !step.conclusion().isEmpty();
        var json = new LinkedHashMap<String, Object>();
        json.put("name", step.title());
        json.put("status", finished ? "completed" : "in_progress");
        json.put("conclusion", conclusion(finished, step.conclusion()));
        json.put("number", step.place() + 1);
        json.put("started_at", time(step.startedAt()));
        json.put("completed_at", time(step.finishedAt()));
        return json;
    }
}
