package dev.rondo.loop;

import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reactor;
import dev.rondo.phase.Spine;
import dev.rondo.telemetry.Labels;
import dev.rondo.telemetry.Telemetry;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the journal does, for monitoring and for {@code /metrics}: {@code rondo_journal_events_total}
 * (appended since the start), {@code rondo_journal_lag_events{reaction}} (the head minus where the
 * reaction stands) and {@code rondo_journal_parked_events{reaction}}. Written once a second while
 * something is appended, and every ten seconds otherwise: a reaction that hangs shows then.
 */
final class JournalFigures {

    static final String EVENTS = "rondo_journal_events_total";
    static final String LAG = "rondo_journal_lag_events";
    static final String PARKED = "rondo_journal_parked_events";

    private static final Logger LOG = LoggerFactory.getLogger(JournalFigures.class);
    private static final long BUSY_MILLIS = 1_000;
    private static final long CALM_MILLIS = 10_000;

    private final Spine spine;
    private final Reactor reactor;
    private final Semaphore appended = new Semaphore(0);
    private final Thread worker = Thread.ofVirtual().name("journal-figures").unstarted(this::run);
    private volatile boolean stopped;
    private long head = -1;

    JournalFigures(Spine spine, Reactor reactor) {
        this.spine = spine;
        this.reactor = reactor;
        spine.journal().onAppended(appended::release);
    }

    void start() {
        worker.start();
    }

    void stop() {
        stopped = true;
        worker.interrupt();
    }

    private void run() {
        while (!stopped) {
            try {
                write();
                Thread.sleep(BUSY_MILLIS);
                if (appended.tryAcquire(CALM_MILLIS - BUSY_MILLIS, TimeUnit.MILLISECONDS)) {
                    appended.drainPermits();
                }
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException failed) {
                LOG.warn("the journal's figures could not be written", failed);
            }
        }
    }

    /** Reads once and writes all of them. */
    void write() {
        long now = spine.store().read(JournalReads::head);
        var telemetry = spine.telemetry();
        telemetry.counter(EVENTS, Labels.NONE).add(head < 0 ? 0 : now - head);
        head = now;
        var parked = reactor.parkedCounts();
        for (var lag : reactor.lags()) {
            gauge(telemetry, LAG, lag.reaction(), Math.max(0, now - lag.seq()));
            gauge(telemetry, PARKED, lag.reaction(), parked.getOrDefault(lag.reaction(), 0L));
        }
    }

    private static void gauge(Telemetry telemetry, String name, String reaction, long value) {
        telemetry.gauge(name, Labels.of("reaction", reaction)).set(value);
    }
}
