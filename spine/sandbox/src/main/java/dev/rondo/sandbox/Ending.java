package dev.rondo.sandbox;

/** How a program ended: always its own doing or its user's, never a failure of the sandbox. */
public sealed interface Ending {

    Usage usage();

    /** By itself; a signal shows as 128 plus its number, as in a shell. */
    record Exited(int code, Usage usage) implements Ending {}

    /** Killed at a limit; the message is an English sentence with the figure. */
    record Exceeded(Limit limit, String message, Usage usage) implements Ending {}

    /** Killed because somebody asked for it. */
    record Cancelled(Usage usage) implements Ending {}

    default boolean succeeded() {
        return this instanceof Exited exited && exited.code() == 0;
    }
}
