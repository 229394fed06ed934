package dev.rondo.engine;

import dev.rondo.jobs.StepMark;

/**
 * Hears of all jobs while they run, each by one thread at a time; secrets are hidden already.
 *
 * <p>{@code job} is its id within the run.
 */
public interface Tap {
    /** Nobody listens. */
    Tap NONE =
            new Tap() {
                @Override
                public void line(String job, String text) {}

                @Override
                public void began(String job, StepMark step) {}

                @Override
                public void ended(String job, StepMark step) {}
            };

    void line(String job, String text);

    void began(String job, StepMark step);

    /** Also one that was skipped, which never began. */
    void ended(String job, StepMark step);
}
