package dev.rondo.actions;

import java.nio.file.Path;

/** GitHub's own test data (MIT, see its LICENSE), from actions/languageservices. */
final class Suites {
    private Suites() {}

    static Path folder(String name) {
        return Path.of("src/test/resources/github").resolve(name);
    }
}
