package dev.rondo.app;

/** A step of the demo did not happen. */
final class DemoProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoProblem(String message) {
        super(message);
    }
}
