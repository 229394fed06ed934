package dev.rondo.testing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The three layers of the test pyramid, from the broad foot to the top. */
enum Level {
    UNIT,
    INTEGRATION,
    UI;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Level> of(String word) {
        return Arrays.stream(values()).filter(level -> level.word().equals(word)).findFirst();
    }
}
