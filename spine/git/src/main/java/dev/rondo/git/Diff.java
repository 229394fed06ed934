package dev.rondo.git;

import java.util.List;

/**
 * What two commits differ in.
 *
 * @param files in the order of their paths, at most as many as the limits allow
 * @param moreFiles how many files were left out
 */
public record Diff(List<FileDiff> files, int moreFiles) {

    public int added() {
        return files.stream().mapToInt(FileDiff::added).sum();
    }

    public int removed() {
        return files.stream().mapToInt(FileDiff::removed).sum();
    }

    /**
     * How much of a diff is worked out.
     *
     * @param bytes of the larger side of a file
     * @param lines shown of one file
     * @param totalLines shown in all
     */
    public record Limits(int files, int bytes, int lines, int totalLines) {

        /** What a page can show. */
        public static Limits page() {
            return new Limits(300, 1 << 20, 3000, 20_000);
        }
    }

    /**
     * One file of a diff.
     *
     * @param oldPath empty for a file that was added
     * @param newPath empty for a file that was deleted
     * @param content why there are no hunks where one would expect some
     */
    public record FileDiff(
            ChangedPath.Change change,
            String oldPath,
            String newPath,
            Content content,
            Lines lines,
            List<Hunk> hunks) {

        /** The path to call the file by. */
        public String path() {
            return newPath.isEmpty() ? oldPath : newPath;
        }

        public int added() {
            return lines.added();
        }

        public int removed() {
            return lines.removed();
        }
    }

    /** How many lines came and went, also of those that are not shown. */
    public record Lines(int added, int removed) {}

    /** What kind of content a file has, as far as a diff is concerned. */
    public enum Content {
        TEXT,
        BINARY,
        /** Larger than the limit for bytes. */
        TOO_LARGE,
        /** Text of which some or all hunks were left out. */
        TRUNCATED,
        SUBMODULE
    }

    /** Lines that changed, with three around them; line numbers count from 1. */
    public record Hunk(
            int oldStart, int oldLines, int newStart, int newLines, List<DiffLine> lines) {}

    /**
     * A line.
     *
     * @param kind a space, a plus or a minus
     * @param oldNumber 0 where the line is new
     * @param newNumber 0 where the line is gone
     */
    public record DiffLine(char kind, int oldNumber, int newNumber, String text) {}
}
