package dev.rondo.app;

import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.store.Store;
import dev.rondo.web.Live;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages what has just been appended, as the message {@code changed} about the subject
 * and about the project. Pages that are not open miss nothing that they would not read anyway, so
 * that no cursor is kept.
 */
final class LiveTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTail.class);
    private static final int BATCH = 200;

    private final Store store;
    private final Live live;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("live-tail").daemon().unstarted(this::follow);
    private volatile boolean stopped;
    private long position;

    LiveTail(Store store, Journal journal, Live live) {
        this.store = store;
        this.live = live;
        journal.onAppended(signal::release);
    }

    void start() {
        position = store.read(JournalReads::head);
        store.listen("rondo_journal", signal::release);
        thread.start();
    }

    private void follow() {
        while (!stopped) {
            try {
                signal.acquire();
                signal.drainPermits();
                publishNew();
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException failed) {
                LOG.warn("open pages were not told of news", failed);
            }
        }
    }

    private void publishNew() {
        var events = store.read(sql -> JournalReads.after(sql, position, BATCH));
        for (var event : events) {
            position = event.seq();
            if (!event.project().isEmpty()) {
                live.publish(event.project(), event.subject(), "changed", "");
                live.publish(event.project(), "changed", "");
            }
        }
        if (events.size() == BATCH) {
            signal.release();
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }
}
