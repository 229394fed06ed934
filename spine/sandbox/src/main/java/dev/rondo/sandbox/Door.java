package dev.rondo.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A port at one address of this machine that leads to Rondo's own HTTP and nowhere else, for those
 * who are admitted: for programs that have a network of their own, such as containers.
 */
public final class Door implements AutoCloseable {
    private final InetSocketAddress address;
    private final Passage passage;
    private final Consumer<InetSocketAddress> closed;

    private Door(InetSocketAddress address, Passage passage, Consumer<InetSocketAddress> closed) {
        this.address = address;
        this.passage = passage;
        this.closed = closed;
    }

    static Door open(
            InetAddress at,
            Predicate<InetAddress> admits,
            Supplier<InetSocketAddress> server,
            Consumer<InetSocketAddress> closed) {
        try {
            var listens = ServerSocketChannel.open();
            try {
                listens.bind(new InetSocketAddress(at, 0));
                var address = (InetSocketAddress) listens.getLocalAddress();
                return new Door(
                        address,
                        new Passage(listens, inside -> admitted(inside, admits), server),
                        closed);
            } catch (IOException e) {
                listens.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SandboxFailure(
                    SandboxFailure.Category.IO,
                    "cannot listen at %s: %s".formatted(at.getHostAddress(), e.getMessage()),
                    e);
        }
    }

    private static boolean admitted(SocketChannel inside, Predicate<InetAddress> admits) {
        try {
            inside.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return inside.getRemoteAddress() instanceof InetSocketAddress from
                    && admits.test(from.getAddress());
        } catch (IOException gone) {
            return false;
        }
    }

    /** Where it stands; the port was free. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        passage.close();
        closed.accept(address);
    }
}
