package dev.rondo.app;

/** What the user of the command line has to change; said in one line, exit code 1. */
final class UsageProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageProblem(String message) {
        super(message);
    }
}
