package dev.rondo.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
        /** No space is left: nothing was written, and it goes on once space is freed. */
        FULL,
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

    /** The disk under this path does not take what is to be written; says why and what to do. */
    static StoreFailure notWritable(Path path, IOException failed) {
        if (isFull(failed)) {
            return full("below " + path, failed);
        }
        return new StoreFailure(
                Category.NOT_WRITABLE,
                "cannot write to "
                        + path
                        + ": "
                        + reason(failed)
                        + "; make it writable for "
                        + System.getProperty("user.name")
                        + ", or choose another --data",
                failed);
    }

    static StoreFailure full(String where, Throwable failed) {
        return new StoreFailure(
                Category.FULL,
                "the disk is full: nothing was written " + where + "; free space, then try again",
                failed);
    }

    static boolean isFull(Throwable failed) {
        return String.valueOf(failed.getMessage()).contains("No space left on device")
                || String.valueOf(failed.getMessage()).contains("Disk quota exceeded");
    }

    private static String reason(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException file -> file.getFile() + " is not a folder";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileSystemException other when other.getReason() != null ->
                    other.getFile() + ": " + other.getReason();
            default -> String.valueOf(failed.getMessage());
        };
    }

    public Category category() {
        return category;
    }
}
