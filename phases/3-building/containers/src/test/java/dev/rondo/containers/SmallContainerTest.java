package dev.rondo.containers;

import dev.rondo.kits.machine.DockerDaemon;

/** The same in a container that has no bash. */
final class SmallContainerTest extends ContainerExecutorTest {
    @Override
    String image() {
        return DockerDaemon.SMALL;
    }
}
