package dev.rondo.building;

import dev.rondo.phase.ReportPatterns;
import dev.rondo.phase.Spine;
import java.nio.file.Path;

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

    LogFile log(String run, String job) {
        return new LogFile(data(), run, job);
    }

    /** Tells pages that a run changed. */
    void changed(Run run) {
        spine.live().publish(run.project(), RunStore.subject(run), "changed", "");
        spine.live().publish(run.project(), "runs", "");
    }
}
