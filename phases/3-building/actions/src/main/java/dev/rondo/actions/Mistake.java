package dev.rondo.actions;

/**
 * What is wrong with a workflow, in GitHub's words, and what would have been right ({@code
 * expected} is empty where the message says it).
 */
public record Mistake(Position at, String message, String expected) {

    Mistake(Position at, String message) {
        this(at, message, "");
    }

    /** {@code file:line:column: message}, as compilers print it. */
    public String line(String file) {
        return "%s:%d:%d: %s%s"
                .formatted(
                        file,
                        at.line(),
                        at.column(),
                        message,
                        expected.isEmpty() ? "" : " (expected: " + expected + ")");
    }
}
