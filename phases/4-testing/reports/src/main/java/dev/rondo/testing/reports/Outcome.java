package dev.rondo.testing.reports;

import java.util.Locale;

/** How one test ended. */
public enum Outcome {
    PASSED,
    /** An expectation of the test was not met. */
    FAILED,
    /** The test could not be carried out: it crashed before it could tell. */
    ERROR,
    SKIPPED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean bad() {
        return this == FAILED || this == ERROR;
    }

    public static Outcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
