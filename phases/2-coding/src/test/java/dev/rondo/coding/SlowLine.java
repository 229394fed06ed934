package dev.rondo.coding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A line to a port of this machine that stops for a while after so many bytes, both ways. */
final class SlowLine implements AutoCloseable {

    private final ServerSocket front;
    private final int port;
    private final int bytes;
    private final long pauseMillis;
    private final AtomicLong pauses = new AtomicLong();

    SlowLine(int port, int bytes, long pauseMillis) throws IOException {
        this.port = port;
        this.bytes = bytes;
        this.pauseMillis = pauseMillis;
        this.front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return front.getLocalPort();
    }

    long pauses() {
        return pauses.get();
    }

    private void accept() {
        try {
            while (true) {
                var client = front.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), port);
                // So little in the sockets that a pause is felt at the other end.
                server.setReceiveBufferSize(16 << 10);
                Thread.ofVirtual().start(() -> pump(client, server));
                Thread.ofVirtual().start(() -> pump(server, client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[8 << 10];
            long moved = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
                if ((moved + n) / bytes > moved / bytes) {
                    pauses.incrementAndGet();
                    LockSupport.parkNanos(pauseMillis * 1_000_000);
                }
                moved += n;
            }
            to.shutdownOutput();
        } catch (IOException ended) {
            // One end hung up: so does the other.
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
    }
}
