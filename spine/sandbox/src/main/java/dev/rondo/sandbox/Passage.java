package dev.rondo.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads every connection that comes in, and is admitted, to one address and to no other. */
final class Passage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Passage.class);
    private static final int MOST_CONNECTIONS = 1000;
    private static final int BUFFER = 256 * 1024;

    private final ServerSocketChannel door;
    private final Predicate<SocketChannel> admits;
    private final Supplier<InetSocketAddress> server;
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);

    /**
     * @param door listens already; is closed with the passage
     */
    Passage(
            ServerSocketChannel door,
            Predicate<SocketChannel> admits,
            Supplier<InetSocketAddress> server) {
        this.door = door;
        this.admits = admits;
        this.server = server;
        Thread.ofVirtual().name("sandbox-door").start(this::accept);
    }

    private void accept() {
        while (door.isOpen()) {
            try {
                places.acquire();
                var inside = door.accept();
                if (!door.isOpen()) {
                    // Whoever waits to accept may still get what came just after the closing.
                    closeQuietly(inside);
                    return;
                }
                Thread.ofVirtual().name("sandbox-door-in").start(() -> admit(inside));
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

    private void admit(SocketChannel inside) {
        if (admits.test(inside)) {
            lead(inside);
        } else {
            closeQuietly(inside);
            places.release();
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
        } catch (IOException left) {
            LOG.warn("cannot close a door: {}", left.toString());
        }
    }
}
