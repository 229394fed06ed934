package dev.rondo.git;

/**
 * One ref that a push moves or has moved.
 *
 * @param ref full name, such as {@code refs/heads/main}
 * @param before object name, zeros where the ref is made
 * @param after object name, zeros where the ref is deleted
 */
public record RefUpdate(String ref, String before, String after) {

    /** What stands for "no object". */
    public static final String NONE = "0".repeat(40);

    public boolean created() {
        return zeros(before);
    }

    public boolean deleted() {
        return zeros(after);
    }

    private static boolean zeros(String object) {
        return object.chars().allMatch(digit -> digit == '0');
    }
}
