package dev.rondo.git;

/** A file that differs between two commits. */
public record ChangedPath(Change change, String path) {

    /** How a file differs. */
    public enum Change {
        ADDED,
        MODIFIED,
        DELETED,
        RENAMED,
        COPIED
    }
}
