package dev.rondo.git;

/** Git or the disk did not do what was asked. What a user can cause has a category of its own. */
public final class GitFailure extends RuntimeException {

    /** What went wrong, as far as a caller can act on it. */
    public enum Category {
        /** The caller's limit: too large, too long, too many. */
        LIMIT,
        /** Too much to do at once; worth another try later. */
        BUSY,
        /** The commit, path or ref is not there. */
        ABSENT,
        /** The repository, the disk or git itself is at fault. */
        BROKEN
    }

    private static final long serialVersionUID = 1L;
    private final Category category;
    private final String complaint;

    GitFailure(Category category, String message) {
        super(message);
        this.category = category;
        this.complaint = message;
    }

    GitFailure(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
        this.complaint = message;
    }

    /** One line for whoever asked. */
    public String complaint() {
        return complaint;
    }

    public Category category() {
        return category;
    }
}
