package dev.rondo.sandbox;

/** What a program reaches. Never, in any of them, the loopback interface of the server. */
public enum Network {
    /** Its own loopback interface only. */
    NONE,
    /** Everything that the server's machine reaches, by name and by address. */
    OUTBOUND
}
