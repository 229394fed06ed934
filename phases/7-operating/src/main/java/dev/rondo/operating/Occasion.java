package dev.rondo.operating;

import java.util.Locale;

/** Why people are told. */
enum Occasion {
    OPENED,
    MITIGATED,
    ESCALATED,
    RESOLVED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Occasion of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
