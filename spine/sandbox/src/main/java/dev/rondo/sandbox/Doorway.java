package dev.rondo.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where connections from inside come out: a Unix socket in a folder that only the server may enter.
 * Each is led to one address and to no other. The folder is a temporary one because the path of a
 * Unix socket has at most 107 characters.
 */
final class Doorway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);

    private final Path socket;
    private final Passage passage;

    Doorway(Supplier<InetSocketAddress> server) {
        try {
            this.socket = Files.createTempDirectory("rondo-door").resolve("server");
            var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(socket));
            this.passage = new Passage(door, inside -> true, server);
        } catch (IOException e) {
            throw new SandboxFailure(
                    SandboxFailure.Category.IO, "cannot open a door for programs", e);
        }
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() {
        passage.close();
        try {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
        } catch (IOException left) {
            LOG.warn("cannot remove {}: {}", socket, left.toString());
        }
    }
}
