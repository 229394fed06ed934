package dev.rondo.testing.reports;

import java.time.Duration;

/**
 * How much one report may ask of us. Reports come from jobs that are not trusted, so every figure
 * that grows with the input has a bound, and each bound is named in the error that it leads to.
 *
 * @param bytes of one file
 * @param depth of nested elements or objects
 * @param attributeChars of one XML attribute or one JSON string
 * @param tests in one file
 * @param findings in one file
 * @param files whose coverage one file tells
 * @param lines the highest line number
 * @param time for reading one file
 */
public record Limits(
        long bytes,
        int depth,
        int attributeChars,
        int tests,
        int findings,
        int files,
        int lines,
        Duration time) {

    /** More than the longest XML name that a real tool writes. */
    public static final int NAME_CHARS = 1024;

    /** More attributes than a real tool writes at one element. */
    public static final int ATTRIBUTES = 256;

    /** What is kept of one attribute or text; the rest is read over. */
    public static final int KEPT_CHARS = 16 * 1024;

    public static final Limits STANDARD =
            new Limits(
                    512L << 20,
                    100,
                    16 << 20,
                    1_000_000,
                    100_000,
                    50_000,
                    1_000_000,
                    Duration.ofMinutes(2));

    public Limits withBytes(long other) {
        return new Limits(other, depth, attributeChars, tests, findings, files, lines, time);
    }

    public Limits withTime(Duration other) {
        return new Limits(bytes, depth, attributeChars, tests, findings, files, lines, other);
    }
}
