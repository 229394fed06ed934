package dev.rondo.actions;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** GitHub's own test data, beside the project; a clone from elsewhere has none. */
final class Suites {
    private Suites() {}

    static Path folder(String name) {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path folder = up.resolve("shared/suites/actions").resolve(name);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        Assumptions.abort("skipped: shared/suites/actions/" + name + " is not beside the project");
        throw new IllegalStateException("not reached");
    }
}
