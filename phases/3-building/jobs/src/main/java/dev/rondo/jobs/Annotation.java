package dev.rondo.jobs;

/**
 * A remark about the code.
 *
 * @param level error, warning or notice
 * @param place where it stands
 */
public record Annotation(String level, String title, String message, Place place) {

    /**
     * @param file relative to the workspace, or empty
     * @param line counted from 1, 0 if unknown; so are the others
     */
    public record Place(String file, int line, int endLine, int column, int endColumn) {}
}
