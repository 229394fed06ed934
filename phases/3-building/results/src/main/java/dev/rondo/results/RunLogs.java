package dev.rondo.results;

import java.time.Instant;

/** The logs of runs, which another module keeps: how much they take, and that they go one day. */
public interface RunLogs {

    /** Of all runs of a project, in bytes. */
    long bytes(String project);

    /** Deletes those of runs that ended before this moment. */
    void expire(Instant endedBefore);
}
