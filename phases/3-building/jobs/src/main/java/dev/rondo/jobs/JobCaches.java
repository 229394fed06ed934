package dev.rondo.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The caches that a job may use: those of its branch, of its base and of the default branch. */
public interface JobCaches {

    /** What was found; its key is one of those that were asked for, or begins with it. */
    record Found(String key, long size, Path file) {}

    /** Why these keys cannot be asked for, in one sentence. */
    Optional<String> refusal(List<String> keys);

    /**
     * @param version what must be equal too: a digest over the paths and how they are packed
     */
    Optional<Found> find(List<String> keys, String version);

    /** Whether a cache of this key is there already in the job's own branch. */
    boolean taken(String key, String version);

    /** Keeps a file; false where the key is taken, also by a job that is about to. */
    boolean keep(String key, String version, Path file) throws IOException;
}
