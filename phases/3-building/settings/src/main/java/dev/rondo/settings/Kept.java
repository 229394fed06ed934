package dev.rondo.settings;

import java.time.Instant;

/** A secret or a variable as lists show it. */
interface Kept {
    String name();

    /** Who set it last. */
    String by();

    Instant at();
}
