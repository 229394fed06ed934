package dev.rondo.jobs;

import java.nio.file.Path;
import java.util.List;

/** Tells a story from several threads, one of them at a time. */
final class StoryInTurns implements JobStory {
    private final JobStory story;

    StoryInTurns(JobStory story) {
        this.story = story;
    }

    @Override
    public synchronized void line(int step, String text) {
        story.line(step, text);
    }

    @Override
    public synchronized void began(StepMark step) {
        story.began(step);
    }

    @Override
    public synchronized void ended(StepMark step) {
        story.ended(step);
    }

    @Override
    public synchronized void remarked(List<Annotation> annotations) {
        story.remarked(annotations);
    }

    @Override
    public boolean wantsWorkspace() {
        return story.wantsWorkspace();
    }

    @Override
    public void leaving(Path workspace, JobLog log) {
        story.leaving(workspace, log);
    }
}
