package dev.rondo.containers;

import dev.rondo.sandbox.Limits;
import java.util.Optional;

/**
 * How jobs may use containers.
 *
 * @param host the engine, as in {@code DOCKER_HOST}; without one the one that the {@code docker}
 *     command takes
 * @param server names this Rondo among all that use the engine
 * @param trusted whether jobs may ask for rights that reach the machine itself: {@code
 *     --privileged}, devices, folders of the host
 * @param limits what each container may use: memory, processes, processors
 */
public record ContainerSettings(
        Optional<String> host, String server, boolean trusted, Limits limits) {}
