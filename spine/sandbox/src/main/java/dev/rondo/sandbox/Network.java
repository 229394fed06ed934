package dev.rondo.sandbox;

/**
 * What a program reaches. Never, in any of them, the loopback interface of the server; only Rondo's
 * own HTTP may be led inside.
 */
public enum Network {
    /** Its own loopback interface only. */
    NONE,
    /** Everything that the server's machine reaches, by name and by address. */
    OUTBOUND,
    /**
     * As {@link #OUTBOUND}, and Rondo itself at {@link Sandbox#serverInside}, wherever it listens.
     */
    SERVED
}
