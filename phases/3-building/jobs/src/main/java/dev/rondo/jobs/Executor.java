package dev.rondo.jobs;

/** A kind of place for jobs: the sandboxed host, containers, a cluster. */
public interface Executor {

    /**
     * Opens a shell for one job.
     *
     * @throws IllegalStateException with a sentence where the job cannot have what it wants
     */
    Shell open(JobPlace place) throws InterruptedException;
}
