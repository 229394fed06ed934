package dev.rondo.git;

/**
 * One ref that a push moves or has moved.
 *
 * @param ref full name, such as {@code refs/heads/main}
 * @param before object name, forty zeros where the ref is made
 * @param after object name, forty zeros where the ref is deleted
 */
public record RefUpdate(String ref, String before, String after) {

    /** What stands for "no object". */
    public static final String NONE = "0".repeat(40);

    public boolean created() {
        return before.equals(NONE);
    }

    public boolean deleted() {
        return after.equals(NONE);
    }
}
