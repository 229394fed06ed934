package dev.rondo.results;

import java.time.Duration;

/** All limits of this module in one place; each stands in the message that it causes. */
final class Limits {
    static final long ARTIFACT_BYTES = 10L << 30;
    static final int ARTIFACTS_OF_A_RUN = 1_000;
    static final int ARTIFACT_NAME = 256;
    static final long CACHE_BYTES = 10L << 30;
    static final int CACHE_KEY = 512;
    static final int CACHE_KEYS = 10;
    static final int CACHE_VERSION = 512;
    static final long BLOCK_BYTES = 256L << 20;
    static final int BLOCKS = 50_000;
    static final int BLOCK_ID = 64;
    static final int BLOCK_LIST_BYTES = 8 << 20;
    static final int CALL_BYTES = 256 << 10;
    static final int UPLOADS_OF_A_JOB = 100;
    static final Duration UPLOAD_URL = Duration.ofHours(6);
    static final Duration DOWNLOAD_URL = Duration.ofMinutes(10);
    static final Duration IDENTITY_TOKEN = Duration.ofMinutes(5);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private Limits() {}
}
