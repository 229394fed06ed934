package dev.rondo.testing.reports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends the reading of a file that is too big or takes too long. */
final class GuardedStream extends FilterInputStream {
    private final Limits limits;
    private final long deadline;
    private long count;

    GuardedStream(InputStream in, Limits limits) {
        super(in);
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        if (c >= 0) {
            took(1);
        }
        return c;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int n = super.read(bytes, from, length);
        if (n > 0) {
            took(n);
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        took(skipped);
        return skipped;
    }

    private void took(long n) {
        count += n;
        if (count > limits.bytes()) {
            throw new Unreadable("testing.report.bytes", limits.bytes() >> 20);
        }
        if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
            throw new Unreadable("testing.report.time", limits.time().toSeconds());
        }
    }
}
