package dev.rondo.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
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
    private static final int MOST_CONNECTIONS = 1000;
    private static final int BUFFER = 256 * 1024;

    private final Supplier<InetSocketAddress> server;
    private final Path socket;
    private final ServerSocketChannel door;
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);

    Doorway(Supplier<InetSocketAddress> server) {
        this.server = server;
        try {
            this.socket = Files.createTempDirectory("rondo-door").resolve("server");
            this.door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new SandboxFailure(
                    SandboxFailure.Category.IO, "cannot open a door for programs", e);
        }
        Thread.ofVirtual().name("sandbox-door").start(this::accept);
    }

    Path socket() {
        return socket;
    }

    private void accept() {
        while (door.isOpen()) {
            try {
                places.acquire();
                var inside = door.accept();
                Thread.ofVirtual().name("sandbox-door-in").start(() -> lead(inside));
            } catch (ClosedChannelException closed) {
                return;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException e) {
                places.release();
                LOG.warn("a program's connection was lost: {}", e.toString());
            }
        }
    }

    private void lead(SocketChannel inside) {
        try (inside;
                var outside = SocketChannel.open()) {
            outside.connect(server.get());
            var back =
                    Thread.ofVirtual().name("sandbox-door-out").start(() -> copy(outside, inside));
            copy(inside, outside);
            back.join();
        } catch (IOException e) {
            LOG.debug("a program's connection ended: {}", e.toString());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (AsynchronousCloseException ended) {
            // The other direction broke and closed both.
        } catch (IOException broken) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            // It was broken anyway.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
        } catch (IOException left) {
            LOG.warn("cannot remove {}: {}", socket, left.toString());
        }
    }
}
