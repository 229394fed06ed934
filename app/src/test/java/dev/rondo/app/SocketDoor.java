package dev.rondo.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A Unix socket that leads to a port of this machine: {@code gh} speaks HTTPS with every server,
 * but plain HTTP through its {@code http_unix_socket}.
 */
final class SocketDoor implements AutoCloseable {

    private final Path path;
    private final int port;
    private final ServerSocketChannel door;

    SocketDoor(Path path, int port) throws IOException {
        this.path = path;
        this.port = port;
        this.door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(path));
        Thread.ofVirtual().start(this::admit);
    }

    Path path() {
        return path;
    }

    private void admit() {
        try {
            while (true) {
                var client = door.accept();
                var server =
                        SocketChannel.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                Thread.ofVirtual().start(() -> pass(client, server));
                Thread.ofVirtual().start(() -> pass(server, client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void pass(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(1 << 16);
        try (from) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            // one side has left: the other sees it, too
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
