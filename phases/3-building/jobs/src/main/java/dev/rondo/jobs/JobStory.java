package dev.rondo.jobs;

import java.nio.file.Path;
import java.util.List;

/** Is told what happens in a job, by one thread at a time. Secrets are hidden already. */
public interface JobStory {

    /**
     * One line of the log.
     *
     * @param step the place of the step that it belongs to; 0 is what comes before the first
     */
    void line(int step, String text);

    void began(StepMark step);

    void ended(StepMark step);

    /** All remarks, when everything else is told. */
    void remarked(List<Annotation> annotations);

    /** Whether {@link #leaving} looks at the files of the workspace at all. */
    default boolean wantsWorkspace() {
        return true;
    }

    /** The steps have ended and the workspace still stands; lines may still be written. */
    void leaving(Path workspace, JobLog log);
}
