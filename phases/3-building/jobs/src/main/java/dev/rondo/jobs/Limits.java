package dev.rondo.jobs;

import java.time.Duration;

/** All limits of a job in one place; each stands in the message that it causes. */
final class Limits {
    static final int LOG_LINE_BYTES = 64 << 10;
    static final int COMMAND_FILE_BYTES = 4 << 20;
    static final int SUMMARY_BYTES = 1 << 20;
    static final int OUTPUT_BYTES = 1 << 20;
    static final int ANNOTATIONS_OF_A_JOB = 50;
    static final int ACTION_FILE_BYTES = 1 << 20;
    static final int MATCHER_FILE_BYTES = 1 << 20;

    /** At once, as on GitHub; more of them wait. {@code driver.sh} makes a pipe for each. */
    static final int BACKGROUND_STEPS = 10;

    static final int COMPOSITE_DEPTH = 9;
    static final int TREE_FILES = 500_000;
    static final int LIST_BYTES = 16 << 20;
    static final int TREE_DEPTH = 64;
    static final long ARCHIVE_BYTES = 10L << 30;
    static final Duration JOB_TIME = Duration.ofMinutes(360);
    static final Duration AFTER_TIME = Duration.ofMinutes(5);
    static final Duration INTERRUPT_GRACE = Duration.ofMillis(7_500);
    static final Duration TERMINATE_GRACE = Duration.ofMillis(2_500);

    private Limits() {}
}
