package dev.rondo.jobs;

import dev.rondo.actions.Masks;

/** Hides secrets, cuts texts into lines, and says to which step each belongs. */
public final class JobLog {
    private final Masks masks;
    private final JobStory story;
    private int step;

    JobLog(Masks masks, JobStory story) {
        this.masks = masks;
        this.story = story;
    }

    /** The same log, for a step that runs beside the others. */
    JobLog beside(int place) {
        var made = new JobLog(masks, story);
        made.step(place);
        return made;
    }

    /** The step that what follows belongs to. */
    synchronized void step(int place) {
        step = place;
    }

    public void error(String text) {
        line("##[error]" + text);
    }

    public void warning(String text) {
        line("##[warning]" + text);
    }

    /** One line, or several where the text has breaks. */
    public synchronized void line(String text) {
        String hidden = masks.hide(text);
        if (hidden.indexOf('\n') < 0 && hidden.indexOf('\r') < 0) {
            story.line(step, hidden);
            return;
        }
        for (String one : hidden.split("\r\n|\r|\n", -1)) {
            story.line(step, one);
        }
    }

    public String masked(String text) {
        return masks.hide(text);
    }
}
