package dev.rondo.jobs;

import dev.rondo.jobs.ContainerStep.Source;

/** A kind of place for jobs: the sandboxed host, containers, a cluster. */
public interface Executor {

    /** Whether {@link #bring} is called for every image of an action, before the job is opened. */
    default boolean brings() {
        return true;
    }

    /**
     * Brings the image of an action; gives it as it is here.
     *
     * @throws IllegalStateException with a sentence where it cannot be had
     */
    default Source bring(JobPlace place, Source image) throws InterruptedException {
        throw new IllegalStateException(
                "Container actions cannot run here (%s): no engine".formatted(image.title()));
    }

    /**
     * Opens a shell for one job.
     *
     * @throws IllegalStateException with a sentence where the job cannot have what it wants
     */
    Shell open(JobPlace place) throws InterruptedException;
}
