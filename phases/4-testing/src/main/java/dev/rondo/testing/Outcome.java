package dev.rondo.testing;

import java.util.Locale;

/** How one test ended. */
enum Outcome {
    PASSED,
    /** An expectation of the test was not met. */
    FAILED,
    /** The test could not be carried out: it crashed before it could tell. */
    ERROR,
    SKIPPED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean bad() {
        return this == FAILED || this == ERROR;
    }

    static Outcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
