package dev.rondo.containers;

import dev.rondo.sandbox.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Whether the jobs of a server may use containers of the machine's engine. */
public enum ContainerUse {
    OFF,
    /** Within walls: nothing of the machine itself. */
    ON,
    /** Whatever the engine allows: who may push a workflow has the machine. */
    TRUSTED;

    /**
     * @param data the server's data folder; names it among all that use the engine
     * @param limits what each container may use
     */
    public Optional<ContainerSettings> settings(Path data, Limits limits) {
        if (this == OFF) {
            return Optional.empty();
        }
        byte[] place =
                data.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        return Optional.of(
                new ContainerSettings(
                        Optional.empty(),
                        UUID.nameUUIDFromBytes(place).toString(),
                        this == TRUSTED,
                        limits));
    }
}
