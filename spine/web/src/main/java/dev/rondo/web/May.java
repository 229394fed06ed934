package dev.rondo.web;

import dev.rondo.access.Role;

/** Who may call a route. READ, WRITE and OWN are rights in the project that the path names. */
public enum May {
    ANYONE,
    SIGNED_IN,
    READ,
    WRITE,
    OWN,
    ADMIN;

    /** The role in the project that this right demands; NONE where it demands none. */
    Role role() {
        return switch (this) {
            case READ -> Role.READER;
            case WRITE -> Role.WRITER;
            case OWN -> Role.OWNER;
            case ANYONE, SIGNED_IN, ADMIN -> Role.NONE;
        };
    }
}
