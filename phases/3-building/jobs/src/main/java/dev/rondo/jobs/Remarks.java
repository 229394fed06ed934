package dev.rondo.jobs;

import dev.rondo.actions.Masks;
import java.util.ArrayList;
import java.util.List;

/** The annotations of a job, no more than its limit. */
final class Remarks {
    private final Masks masks;
    private final List<Annotation> all = new ArrayList<>();

    Remarks(Masks masks) {
        this.masks = masks;
    }

    synchronized List<Annotation> all() {
        return List.copyOf(all);
    }

    /** One about no file. */
    void add(String level, String message) {
        add(new Annotation(level, "", message, new Annotation.Place("", 0, 0, 0, 0)));
    }

    synchronized void add(Annotation one) {
        if (all.size() < Limits.ANNOTATIONS_OF_A_JOB) {
            all.add(
                    new Annotation(
                            one.level(),
                            masks.hide(one.title()),
                            masks.hide(one.message()),
                            one.place()));
        }
    }
}
