package dev.rondo.engine;

import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.joblogs.JobLogs;
import dev.rondo.jobs.JobOrder;
import dev.rondo.jobs.JobRunner;
import dev.rondo.jobs.Workbench;
import dev.rondo.phase.ReportPatterns;
import dev.rondo.phase.Spine;
import dev.rondo.records.JobStore;
import dev.rondo.records.Run;
import dev.rondo.records.RunStore;
import dev.rondo.results.JobIdentity;
import dev.rondo.results.LiveJob;
import dev.rondo.results.Results;
import dev.rondo.settings.ProjectSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What all of building works with. */
public record Workshop(
        Spine spine,
        RunStore runs,
        JobStore jobs,
        ProjectSettings settings,
        ReportPatterns reports,
        Results results,
        ActionSettings actions,
        ActionRepositories repositories,
        Tap tap) {
    /** A file that is longer is no workflow. */
    public static final int WORKFLOW_BYTES = 1 << 20;

    public static Workshop of(
            Spine spine,
            ReportPatterns reports,
            int places,
            Results results,
            ActionSettings actions,
            Tap tap) {
        var runs = new RunStore(spine.journal());
        return new Workshop(
                spine,
                runs,
                new JobStore(runs),
                new ProjectSettings(spine, places),
                reports,
                results,
                actions,
                new ActionRepositories(actions, spine.data()),
                tap);
    }

    Path data() {
        return spine.data();
    }

    /** Who runs a job; its folders are made at once. */
    JobRunner runner(JobTask task, RunStory story) {
        Run run = task.run();
        String branch = spine.access().projects().find(run.project()).orElseThrow().defaultBranch();
        JobOrder order = task.order(spine.store().read(sql -> github(sql, run, task.workflow())));
        JobIdentity identity = JobIdentities.of(task, order, branch);
        LiveJob live =
                task.given()
                        .station()
                        .terms()
                        .server()
                        .map(server -> results.begin(identity, server))
                        .orElseGet(() -> results.begin(identity));
        story.until(live);
        var bench =
                new Workbench(
                        data(),
                        task.given().station().executor(),
                        new RunActions(this, run, live),
                        actions.tools());
        return new JobRunner(bench, served(order, live), story);
    }

    /** With its own token, whatever secrets it was given. */
    private static JobOrder served(JobOrder order, LiveJob live) {
        var secrets = new HashMap<>(order.secrets());
        secrets.replaceAll((name, value) -> value.replace(Level.TOKEN, live.token()));
        secrets.put("GITHUB_TOKEN", live.token());
        return new JobOrder(
                order.id(),
                order.project(),
                order.workflow(),
                order.job(),
                order.contexts(),
                secrets,
                order.intro(),
                live.services());
    }

    /** The {@code github} context of a run, as one of its workflows sees it. */
    public Map<String, Value> github(Handle sql, Run run, Workflow workflow) {
        return GithubContext.of(
                run, workflow, spine.publicUrl(), results.artifactDays(sql, run.project()));
    }

    public JobLogs logs() {
        return new JobLogs(data());
    }

    /** Tells pages that a run changed. */
    public void changed(Run run) {
        spine.live().publish(run.project(), RunStore.subject(run), "changed", "");
        spine.live().publish(run.project(), "runs", "");
    }
}
