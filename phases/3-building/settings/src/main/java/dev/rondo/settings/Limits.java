package dev.rondo.settings;

/** The limits of settings in one place. Each stands in the message that it causes. */
final class Limits {
    static final int SECRETS_OF_A_PROJECT = 100;
    static final int SECRET_BYTES = 48 << 10;
    static final int VARIABLES_OF_A_PROJECT = 500;
    static final int VARIABLE_BYTES = 48 << 10;
    static final int ENVIRONMENTS_OF_A_PROJECT = 100;
    static final int PATTERNS_OF_AN_ENVIRONMENT = 100;
    static final int PLACES = 1_000;
    static final int ACTION_PATTERNS = 1_000;

    private Limits() {}
}
