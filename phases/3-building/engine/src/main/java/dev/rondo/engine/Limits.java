package dev.rondo.engine;

import java.time.Duration;

/**
 * The limits of runs in one place; those of a job are its module's. Each stands in the message that
 * it causes.
 */
final class Limits {
    static final int JOBS_OF_A_RUN = 512;
    static final int REPORT_FILES = 2_000;
    static final long REPORT_BYTES = 64L << 20;
    static final long REPORTS_BYTES = 512L << 20;
    static final long ACTION_BYTES = 512L << 20;
    static final int ACTION_FETCHES = 8;
    static final Duration ACTION_TIME = Duration.ofMinutes(5);
    static final Duration ACTION_KEPT = Duration.ofDays(30);
    static final int RERUNS = 50;
    static final Duration RERUN_TIME = Duration.ofDays(30);
    static final Duration RUN_TIME = Duration.ofDays(35);
    static final Duration CANCEL_TIME = Duration.ofMinutes(5);

    private Limits() {}
}
