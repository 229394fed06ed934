package dev.rondo.sandbox;

/** We failed, not the program: the sandbox could not be built, or the system refused. */
public final class SandboxFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What kind of failure. */
    public enum Category {
        /** A tool is missing or forbidden here; the message says what to install or allow. */
        UNAVAILABLE,
        /** A mount, the directory or the network of this one program could not be set up. */
        SETUP,
        /** Reading or writing failed in between. */
        IO
    }

    private final Category category;

    SandboxFailure(Category category, String message) {
        super(message);
        this.category = category;
    }

    SandboxFailure(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
