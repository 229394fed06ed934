package dev.rondo.operating;

import java.util.Locale;
import java.util.Optional;

/** How bad an incident is, worst first. */
enum Severity {
    CRITICAL,
    MAJOR,
    MINOR;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean worseThan(Severity other) {
        return compareTo(other) < 0;
    }

    static Optional<Severity> of(String word) {
        for (var severity : values()) {
            if (severity.word().equals(word)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
