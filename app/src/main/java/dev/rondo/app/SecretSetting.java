package dev.rondo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A setting that others must not read: from the environment, from {@code rondo.toml}, or from the
 * file that the setting of the same name with {@code -file} names. Never a flag, since every
 * process of the machine can read another's flags.
 */
final class SecretSetting {

    private SecretSetting() {}

    /**
     * @param find a setting by its name
     */
    static Optional<String> read(
            Function<String, Optional<String>> find, String name, Path workingDirectory) {
        var file = find.apply(name + "-file").map(workingDirectory::resolve);
        if (file.isEmpty()) {
            return find.apply(name);
        }
        try {
            return Optional.of(Files.readString(file.get()).strip());
        } catch (IOException unreadable) {
            throw new UsageProblem(name + "-file: cannot read " + file.get());
        }
    }
}
