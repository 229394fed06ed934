package dev.rondo.joblogs;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells those who look that a log grew: at once after a silence, then at most every forty
 * milliseconds. The last beat is never lost.
 */
final class LogPulse {
    private static final long PAUSE_NANOS = 40_000_000;

    private final Runnable tell;
    private final AtomicLong due = new AtomicLong(Long.MIN_VALUE);

    LogPulse(Runnable tell) {
        this.tell = tell;
    }

    void beat() {
        long now = System.nanoTime();
        long next = due.get();
        if (next != Long.MIN_VALUE && next > now) {
            return; // one is on its way
        }
        boolean silent = next == Long.MIN_VALUE || now - next > PAUSE_NANOS;
        if (!due.compareAndSet(next, now + PAUSE_NANOS)) {
            return;
        }
        if (silent) {
            tell.run();
        }
        Thread.ofVirtual()
                .name("log-pulse")
                .start(() -> {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    tell.run();
                });
    }
}
