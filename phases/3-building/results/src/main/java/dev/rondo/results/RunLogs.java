package dev.rondo.results;

import java.time.Instant;
import java.util.function.Function;

/** The logs of runs, which another module keeps: how much they take, and that they go one day. */
public interface RunLogs {

    /** Of all runs of a project, in bytes. */
    long bytes(String project);

    /** Deletes those of runs that ended before the moment that holds for their project. */
    void expire(Function<String, Instant> endedBefore);
}
