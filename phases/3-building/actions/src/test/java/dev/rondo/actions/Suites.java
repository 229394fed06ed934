package dev.rondo.actions;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * GitHub's own test data, from actions/languageservices (MIT). It is read where it lies, beside the
 * repository or where RONDO_SUITES says, and never copied.
 */
final class Suites {
    private static final Path ROOT =
            Path.of(
                    System.getenv()
                            .getOrDefault("RONDO_SUITES", "../../../../shared/suites/actions"));

    private Suites() {}

    /** Skips the test where the data are missing. */
    static Path folder(String name) {
        Path folder = ROOT.resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                "GitHub's test data are missing: let RONDO_SUITES name a folder with "
                        + name
                        + " of actions/languageservices, as absolute path");
        return folder;
    }
}
