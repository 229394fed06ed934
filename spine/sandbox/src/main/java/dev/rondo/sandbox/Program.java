package dev.rondo.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command and everything that it may use. It sees a read-only system, a private {@code /tmp} and
 * {@code $HOME}, and the mounts; it gets this environment and no other variable, except that {@code
 * PATH}, {@code HOME}, {@code TMPDIR} and {@code LANG} are filled in where they are absent.
 *
 * @param command the executable and its arguments; no shell is put in between
 * @param directory the working directory as the program sees it, inside one of the mounts
 */
public record Program(
        List<String> command,
        Path directory,
        Map<String, String> environment,
        List<Mount> mounts,
        Network network,
        Limits limits) {

    public Program {
        if (command.isEmpty() || command.stream().anyMatch(part -> part.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("a command needs an executable and no NUL bytes");
        }
        environment.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "not a name and value for an environment: " + name);
            }
        });
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
    }

    /** Refuses a mount of what is not there. */
    void requireMounts() {
        for (var mount : mounts) {
            if (!Files.exists(mount.outside())) {
                throw new SandboxFailure(
                        SandboxFailure.Category.SETUP, mount.outside() + " does not exist");
            }
        }
    }
}
