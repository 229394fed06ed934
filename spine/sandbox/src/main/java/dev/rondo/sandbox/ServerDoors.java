package dev.rondo.sandbox;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The ways from inside to Rondo's own HTTP, wherever it listens. Used by any thread. */
public final class ServerDoors implements AutoCloseable {
    /** A name that GitHub's clients take for GitHub's own, and every system for the machine's. */
    public static final String NAME = "rondo.localhost";

    private final Supplier<InetSocketAddress> server;
    private final Doorway doorway;
    private final Set<InetSocketAddress> open = ConcurrentHashMap.newKeySet();

    ServerDoors(Supplier<InetSocketAddress> server) {
        this.server = server;
        this.doorway = new Doorway(server);
    }

    /** That of the sandbox. */
    Doorway doorway() {
        return doorway;
    }

    /**
     * Opens one more at an address of this machine; its port is free and its own.
     *
     * @param admits who may come in
     * @throws SandboxFailure where that address cannot be listened at
     */
    public Door open(InetAddress at, Predicate<InetAddress> admits) {
        var door = Door.open(at, admits, server, open::remove);
        open.add(door.address());
        return door;
    }

    /** Whether a request that names this host, as in its header, came through one of them. */
    public boolean lead(String host) {
        return open.stream()
                .anyMatch(door ->
                        host.equals(door.getAddress().getHostAddress() + ":" + door.getPort())
                                || host.equalsIgnoreCase(NAME + ":" + door.getPort()));
    }

    @Override
    public void close() {
        doorway.close();
    }
}
