package dev.rondo.joblogs;

/** The limits of logs in one place. */
final class Limits {
    static final long LOG_BYTES = 64L << 20;

    private Limits() {}
}
