package dev.rondo.building;

import dev.rondo.jobs.JobRunner;
import dev.rondo.jobs.Workbench;
import dev.rondo.phase.ReportPatterns;
import dev.rondo.phase.Spine;
import java.nio.file.Path;
import java.util.Optional;

/** What all of building works with. */
record Workshop(
        Spine spine,
        RunStore runs,
        JobStore jobs,
        SecretStore secrets,
        VariableStore variables,
        EnvironmentStore environments,
        BuildingSettings settings,
        ReportPatterns reports) {

    static Workshop of(Spine spine, ReportPatterns reports, int places) {
        var runs = new RunStore(spine.journal());
        return new Workshop(
                spine,
                runs,
                new JobStore(runs),
                new SecretStore(spine),
                new VariableStore(spine),
                new EnvironmentStore(spine),
                new BuildingSettings(spine.store(), places),
                reports);
    }

    Path data() {
        return spine.data();
    }

    /** Who runs a job; its folders are made at once. */
    JobRunner runner(JobTask task, RunStory story) {
        Run run = task.run();
        var bench =
                new Workbench(
                        data(),
                        task.given().station().executor(),
                        new RunActions(this, run, task.row().id()),
                        Optional.empty());
        return new JobRunner(bench, task.order(spine.publicUrl()), story);
    }

    LogFile log(String run, String job) {
        return new LogFile(data(), run, job);
    }

    /** Tells pages that a run changed. */
    void changed(Run run) {
        spine.live().publish(run.project(), RunStore.subject(run), "changed", "");
        spine.live().publish(run.project(), "runs", "");
    }
}
