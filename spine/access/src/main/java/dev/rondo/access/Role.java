package dev.rondo.access;

import java.util.Locale;

/** What a member may do in a project; each role may do all that the one before may. */
public enum Role {
    NONE,
    /** Sees everything, fetches, comments. */
    READER,
    /** Pushes, plans, runs, drafts. */
    WRITER,
    /** Approves, deploys to protected environments, changes settings and members. */
    OWNER;

    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As it stands in the database and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
