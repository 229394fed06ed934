package dev.rondo.coding.view;

import java.util.List;

/** What two commits differ in. */
public record DiffView(List<File> files, int moreFiles, int added, int removed) {

    /**
     * @param change added, modified, deleted, renamed or copied
     * @param notice key of why lines are missing; empty when none are
     */
    public record File(
            Name name, String change, int added, int removed, String notice, List<Hunk> hunks) {}

    /**
     * @param anchor unique on the page
     * @param path page of the file; empty where it is gone
     * @param oldTitle another than the title only where a file was renamed or copied
     */
    public record Name(String anchor, String title, String oldTitle, String path) {}

    /**
     * @param title such as "@@ -1,3 +1,4 @@"
     */
    public record Hunk(String title, List<Line> lines) {}

    /**
     * @param css add, del or same
     * @param sign plus, minus or a space
     * @param before line number, or empty
     * @param after line number, or empty
     */
    public record Line(String css, String sign, String before, String after, String text) {}
}
