package dev.rondo.building;

import dev.rondo.journal.Subject;
import dev.rondo.web.Live;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells pages that a log grew: at once after a silence, then at most every forty milliseconds. The
 * last beat is never lost.
 */
final class LogPulse {
    private static final long PAUSE_NANOS = 40_000_000;

    private final Live live;
    private final String project;
    private final Subject subject;
    private final AtomicLong due = new AtomicLong(Long.MIN_VALUE);

    LogPulse(Live live, String project, Subject subject) {
        this.live = live;
        this.project = project;
        this.subject = subject;
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
            live.publish(project, subject, "log", "");
        }
        Thread.ofVirtual()
                .name("log-pulse")
                .start(() -> {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    live.publish(project, subject, "log", "");
                });
    }
}
