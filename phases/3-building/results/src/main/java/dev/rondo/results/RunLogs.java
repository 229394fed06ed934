package dev.rondo.results;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The logs of runs, which another module keeps: how much they take, and that they go one day. */
public interface RunLogs {

    /** Of all runs of a project, in bytes. */
    long bytes(String project);

    /** Deletes those of runs that ended before the moment that holds for their project. */
    void expire(Function<String, Instant> endedBefore);

    /**
     * Deletes those of the oldest runs until no project has more than its bytes; those of runs that
     * ended after {@code settled} stay.
     */
    void shrink(ToLongFunction<String> most, Instant settled);
}
