package dev.rondo.jobs;

import dev.rondo.actions.Workflow.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One step while it is done: where it stands, what it may use, and what it leaves. */
final class Doing {
    private final Step step;
    private final Frame frame;
    private final Map<String, String> env;
    private final Deadline deadline;
    private final List<Later> later;
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final StringBuilder summary = new StringBuilder();

    /**
     * @param env the variables of the step
     * @param later what its action does behind the last step is added here
     */
    Doing(Step step, Frame frame, Map<String, String> env, Deadline deadline, List<Later> later) {
        this.step = step;
        this.frame = frame;
        this.env = env;
        this.deadline = deadline;
        this.later = later;
    }

    /** A part of an action that is done behind the last step. */
    interface Later {
        boolean due();

        Outcome run(Deadline deadline) throws InterruptedException;
    }

    static List<Later> nothingYet() {
        return new ArrayList<>();
    }

    Step step() {
        return step;
    }

    Frame frame() {
        return frame;
    }

    /** Its name among all levels. */
    String path() {
        return frame.path(step.id());
    }

    Map<String, String> env() {
        return env;
    }

    Deadline deadline() {
        return deadline;
    }

    List<Later> later() {
        return later;
    }

    Map<String, String> outputs() {
        return outputs;
    }

    /** Markdown of this step and of those inside. */
    StringBuilder summary() {
        return summary;
    }
}
