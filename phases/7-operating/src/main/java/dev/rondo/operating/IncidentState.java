package dev.rondo.operating;

import java.util.Locale;

/** Where an incident stands; only forwards, and {@code RESOLVED} is the end. */
enum IncidentState {
    /** Nobody has answered the call yet. */
    OPEN,
    /** Somebody looks after it. */
    ACKNOWLEDGED,
    /** Users do not suffer any more; the cause is still there. */
    MITIGATED,
    RESOLVED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static IncidentState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
