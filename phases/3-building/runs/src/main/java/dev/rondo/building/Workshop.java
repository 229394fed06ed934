package dev.rondo.building;

import dev.rondo.jobs.JobOrder;
import dev.rondo.jobs.JobRunner;
import dev.rondo.jobs.SandboxExecutor;
import dev.rondo.jobs.Workbench;
import dev.rondo.phase.ReportPatterns;
import dev.rondo.phase.Spine;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What all of building works with.
 *
 * @param limits what each job may use
 */
record Workshop(
        Spine spine,
        RunStore runs,
        SecretStore secrets,
        ReportPatterns reports,
        dev.rondo.sandbox.Limits limits) {

    Path data() {
        return spine.data();
    }

    /** Who runs a job; its folders are made at once. */
    JobRunner runner(JobTask task, RunStory story) {
        Run run = task.run();
        var bench =
                new Workbench(
                        data(),
                        new SandboxExecutor(spine.sandbox(), limits),
                        new RunActions(this, run, task.row().id()),
                        Optional.empty());
        JobOrder order = task.order(spine.publicUrl(), secrets.open(run.project()));
        return new JobRunner(bench, order, story);
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
