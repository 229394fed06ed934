package dev.rondo.building;

import java.time.Duration;

/** All limits of building in one place; each stands in the message that it causes. */
final class Limits {
    static final int WORKFLOW_FILES = 100;
    static final int WORKFLOW_BYTES = 1 << 20;
    static final int JOBS_OF_A_RUN = 512;
    static final int CHANGED_PATHS = 5_000;
    static final long LOG_BYTES = 64L << 20;
    static final int LOG_LINE_BYTES = 64 << 10;
    static final int LOG_PAGE_LINES = 2_000;
    static final int COMMAND_FILE_BYTES = 4 << 20;
    static final int SUMMARY_BYTES = 1 << 20;
    static final int OUTPUT_BYTES = 1 << 20;
    static final int ANNOTATIONS_OF_A_JOB = 50;
    static final int REPORT_FILES = 2_000;
    static final long REPORT_BYTES = 64L << 20;
    static final long REPORTS_BYTES = 512L << 20;
    static final int TREE_FILES = 500_000;
    static final int TREE_DEPTH = 64;
    static final long ARTIFACT_BYTES = 4L << 30;
    static final int SECRETS_OF_A_PROJECT = 100;
    static final int SECRET_BYTES = 48 << 10;
    static final Duration JOB_TIME = Duration.ofMinutes(360);
    static final Duration INTERRUPT_GRACE = Duration.ofMillis(7_500);
    static final Duration TERMINATE_GRACE = Duration.ofMillis(2_500);

    private Limits() {}
}
