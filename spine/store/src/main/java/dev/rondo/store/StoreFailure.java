package dev.rondo.store;

/** What went wrong outside of Rondo: the disk, the database, the key file. */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Category {
        /** Another Rondo holds the data directory. */
        IN_USE,
        /** The directory or the disk cannot be written. */
        NOT_WRITABLE,
        /** The database was written by a newer Rondo. */
        NEWER_SCHEMA,
        /** The database does not answer or answers with an error. */
        DATABASE,
        /** A blob is larger than its limit. */
        TOO_LARGE,
        /** A sealed secret cannot be opened: wrong or missing key file. */
        SEALED
    }

    private final Category category;

    public StoreFailure(Category category, String message) {
        super(message);
        this.category = category;
    }

    public StoreFailure(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
