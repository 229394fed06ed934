package dev.rondo.jobs;

import java.time.Duration;
import java.util.function.Consumer;

/** A kind of place for jobs: the sandboxed host, containers, a cluster. */
public interface Executor {

    /**
     * Opens a shell for one job.
     *
     * @param time after which everything in it may be killed, whatever it does
     * @param lines takes the output, line by line
     */
    Shell open(JobFolders folders, JobOrder order, Duration time, Consumer<String> lines);
}
