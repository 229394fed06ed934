package dev.rondo.jobs;

import dev.rondo.actions.Masks;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the steps of one job work with. A step in the background has a desk of its own, until what
 * it leaves was taken over; what its action does behind the last step it does as all others do.
 */
final class JobDesk {
    private volatile Parts parts;

    /**
     * @param scripts counts what was run, so that no two have the same files
     */
    record Parts(
            JobState state,
            Shell shell,
            JobLog log,
            StepOutput output,
            Remarks remarks,
            Masks masks,
            ActionLoader actions,
            AtomicInteger scripts) {}

    JobDesk(Parts parts) {
        this.parts = parts;
    }

    JobState state() {
        return parts.state();
    }

    Shell shell() {
        return parts.shell();
    }

    JobLog log() {
        return parts.log();
    }

    StepOutput output() {
        return parts.output();
    }

    Masks masks() {
        return parts.masks();
    }

    ActionLoader actions() {
        return parts.actions();
    }

    JobFolders folders() {
        return state().folders();
    }

    int nextScript() {
        return parts.scripts().incrementAndGet();
    }

    /** An error that stops a step: in the log and as a remark. */
    void error(String sentence) {
        log().error(sentence);
        parts.remarks().add("error", sentence);
    }

    /** For a step that runs beside the others; it knows what they have left so far. */
    JobDesk beside(JobLog log) {
        Parts own = parts;
        return new JobDesk(
                new Parts(
                        own.state().beside(),
                        own.shell(),
                        log,
                        own.output().beside(log),
                        own.remarks(),
                        own.masks(),
                        own.actions(),
                        own.scripts()));
    }

    void runsIn(Shell shell) {
        Parts own = parts;
        parts =
                new Parts(
                        own.state(),
                        shell,
                        own.log(),
                        own.output(),
                        own.remarks(),
                        own.masks(),
                        own.actions(),
                        own.scripts());
    }

    /** Takes over what a step has left that ran beside, and is its desk from now on. */
    void takeOver(JobDesk other) {
        state().takeOver(other.state());
        output().learn(other.output());
        other.parts = parts;
    }
}
