package dev.rondo.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes a job's output on. Behind the limit it goes on reading and drops, so that the program does
 * not hang; what it printed decides nothing about how it ends.
 */
final class Pump {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int TAIL_BYTES = 2000;
    private static final Duration LAST_BYTES = Duration.ofSeconds(5);

    /** So many reads so close to each other are a stream, not somebody who waits for a line. */
    private static final int STREAM_READS = 8;

    private static final long STREAM_GAP_NANOS = 2_000_000;
    private static final long STREAM_PAUSE_NANOS = 500_000;

    private final long limit;
    private final AtomicLong passed = new AtomicLong();
    private final ReentrantLock cutting = new ReentrantLock();
    private final List<Thread> threads = new ArrayList<>();
    private final List<InputStream> streams;
    private final StringBuffer tail = new StringBuffer();
    private boolean cut;

    Pump(Process process, Output output, long limit) {
        this.limit = limit > 0 ? limit : Long.MAX_VALUE;
        this.streams = List.of(process.getInputStream(), process.getErrorStream());
        switch (output) {
            case Output.Merged merged -> pump(process.getInputStream(), merged.all());
            case Output.Separate separate -> {
                pump(process.getInputStream(), separate.out());
                pump(process.getErrorStream(), separate.err());
            }
        }
    }

    /** No virtual thread: a pipe blocks what carries it, and to replace that takes longer. */
    private void pump(InputStream from, Output.Sink to) {
        threads.add(Thread.ofPlatform().daemon().name("sandbox-output").start(() -> run(from, to)));
    }

    private void run(InputStream from, Output.Sink to) {
        var buffer = new byte[BUFFER_BYTES];
        int near = 0;
        long last = System.nanoTime();
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                remember(buffer, n);
                long before = passed.getAndAdd(n);
                int whole = (int) Math.max(0, Math.min(n, limit - before));
                if (whole > 0) {
                    to.accept(buffer, 0, whole);
                }
                if (whole < n) {
                    cut(to);
                }
                long now = System.nanoTime();
                near = now - last < STREAM_GAP_NANOS ? near + 1 : 0;
                last = now;
                if (near > STREAM_READS && n < buffer.length / 2) {
                    // Were this waiting for the next line, each would cost the program a wake-up.
                    LockSupport.parkNanos(STREAM_PAUSE_NANOS);
                }
            }
        } catch (IOException e) {
            // Closed by join, since something that ran away still holds the other end.
        }
    }

    private void cut(Output.Sink to) {
        cutting.lock();
        try {
            if (!cut) {
                cut = true;
                var line = "\n[rondo] output is cut here: more than %d bytes\n".formatted(limit);
                var bytes = line.getBytes(StandardCharsets.UTF_8);
                to.accept(bytes, 0, bytes.length);
            }
        } finally {
            cutting.unlock();
        }
    }

    private void remember(byte[] buffer, int length) {
        int from = Math.max(0, length - TAIL_BYTES);
        tail.append(new String(buffer, from, length - from, StandardCharsets.UTF_8));
        if (tail.length() > 2 * TAIL_BYTES) {
            tail.delete(0, tail.length() - TAIL_BYTES);
        }
    }

    /** The last of what was printed: bubblewrap says there why it could not build the walls. */
    String tail() {
        return tail.toString().trim();
    }

    /** After the end of the process: waits until everything was passed on. */
    void join() throws InterruptedException {
        for (var thread : threads) {
            if (!thread.join(LAST_BYTES)) {
                for (var stream : streams) {
                    try {
                        stream.close();
                    } catch (IOException e) {
                        // Then it is closed already.
                    }
                }
                thread.join(LAST_BYTES);
            }
        }
    }
}
