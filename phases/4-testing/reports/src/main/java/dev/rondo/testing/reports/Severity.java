package dev.rondo.testing.reports;

import java.util.Locale;
import java.util.Optional;

/** How bad a finding is, in the words of SARIF 2.1.0, section 3.27.10, worst last. */
public enum Severity {
    NOTE,
    WARNING,
    ERROR;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** None for SARIF's {@code none} and for words that are not SARIF's. */
    public static Optional<Severity> of(String word) {
        return switch (word) {
            case "note" -> Optional.of(NOTE);
            case "warning" -> Optional.of(WARNING);
            case "error" -> Optional.of(ERROR);
            default -> Optional.empty();
        };
    }
}
