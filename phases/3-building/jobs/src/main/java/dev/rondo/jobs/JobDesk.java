package dev.rondo.jobs;

import dev.rondo.actions.Masks;

/** What the steps of one job work with. */
record JobDesk(
        JobState state,
        Shell shell,
        JobLog log,
        StepOutput output,
        Remarks remarks,
        Masks masks,
        ActionLoader actions) {

    JobFolders folders() {
        return state.folders();
    }

    /** An error that stops a step: in the log and as a remark. */
    void error(String sentence) {
        log.error(sentence);
        remarks.add("error", sentence);
    }
}
