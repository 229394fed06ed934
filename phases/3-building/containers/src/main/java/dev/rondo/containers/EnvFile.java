package dev.rondo.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The variables of a container. They may be secret, and a command line is readable by everybody on
 * the machine; so they go through a file that only the server may read, but for those that do not
 * fit into a line of one.
 */
record EnvFile(List<String> words, Path file) implements AutoCloseable {
    /** The docker command reads lines of 64 KiB at most. */
    private static final int LINE = 60_000;

    static EnvFile of(Path folder, Map<String, String> variables) {
        var words = new ArrayList<String>();
        var lines = new ArrayList<String>();
        variables.forEach((name, value) -> {
            if (name.isBlank() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
                return;
            }
            boolean fits =
                    value.indexOf('\n') < 0
                            && value.indexOf('\r') < 0
                            && value.length() < LINE
                            && name.chars().noneMatch(Character::isWhitespace)
                            && !name.startsWith("#");
            if (fits) {
                lines.add(name + "=" + value);
            } else {
                words.add("--env");
                words.add(name + "=" + value);
            }
        });
        try {
            var owner =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            Path file = Files.createTempFile(folder, "env", "", owner);
            Files.write(file, lines);
            words.add("--env-file");
            words.add(file.toString());
            return new EnvFile(words, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
