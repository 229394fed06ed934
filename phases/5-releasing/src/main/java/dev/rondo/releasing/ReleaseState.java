package dev.rondo.releasing;

import java.util.Locale;

/** Where a release is in its life. */
enum ReleaseState {
    /** Waits for approval and publication. */
    DRAFT,
    /** Decided, its tag is being made; a crash goes on from here. */
    PUBLISHING,
    PUBLISHED,
    /** Bad: no rollout takes it. */
    RECALLED,
    /** A newer draft took its place before it was published. */
    SUPERSEDED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReleaseState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
