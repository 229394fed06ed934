package dev.rondo.journal;

import dev.rondo.store.Store;
import dev.rondo.store.StoreFailure;
import dev.rondo.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reaction on its thread: reads behind its cursor, hears, retries, parks. */
final class ReactionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ReactionRunner.class);
    private static final int BATCH = 200;

    /** A cursor that has only skipped events is written when it is this far ahead. */
    private static final long SKIPPED_UNWRITTEN = 1000;

    private static final Duration DATABASE_PAUSE = Duration.ofSeconds(1);

    private final Store store;
    private final Reaction reaction;
    private final List<Duration> pauses;
    private final String select;
    private final Semaphore signal = new Semaphore(1);
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long position;
    private long written;

    ReactionRunner(Store store, Reaction reaction, List<Duration> pauses) {
        this.store = store;
        this.reaction = reaction;
        this.pauses = pauses;
        this.select =
                JournalReads.SELECT
                        + "WHERE seq > ? AND seq <= ?"
                        + " AND kind IN ('"
                        + String.join("','", reaction.words())
                        + "') ORDER BY seq LIMIT "
                        + BATCH;
        this.thread =
                Thread.ofPlatform()
                        .name("reaction-" + reaction.name())
                        .daemon()
                        .unstarted(this::run);
    }

    void start() {
        position = store.write(this::cursor);
        written = position;
        thread.start();
    }

    private long cursor(Tx tx) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO journal_cursors (reaction, seq) VALUES (?, 0)"
                                + " ON CONFLICT DO NOTHING")
                .bind(0, reaction.name())
                .execute();
        return storedCursor(tx.sql());
    }

    private long storedCursor(Handle sql) {
        return sql.createQuery("SELECT seq FROM journal_cursors WHERE reaction = ?")
                .bind(0, reaction.name())
                .mapTo(Long.class)
                .one();
    }

    String name() {
        return reaction.name();
    }

    long position() {
        return position;
    }

    void wake() {
        signal.release();
    }

    void stop() {
        stopped = true;
        signal.release();
        thread.interrupt();
    }

    void join() {
        try {
            thread.join(10_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                signal.acquire();
                signal.drainPermits();
                while (!stopped && catchUp()) {
                    // there was a full batch: there may be more
                }
            } catch (InterruptedException interrupted) {
                // only stop() interrupts
            } catch (RuntimeException failed) {
                LOG.error("reaction {} cannot go on for now", reaction.name(), failed);
                pause(DATABASE_PAUSE);
                signal.release();
            }
        }
    }

    private boolean catchUp() {
        var batch =
                store.read(sql -> {
                    long head = JournalReads.head(sql);
                    return new Batch(
                            head,
                            head > position
                                    ? JournalReads.events(sql, select, position, head)
                                    : List.of());
                });
        for (var event : batch.events()) {
            if (stopped) {
                return false;
            }
            hearUntilDone(event);
        }
        boolean full = batch.events().size() == BATCH;
        if (!full && batch.head() > position) {
            skipTo(batch.head());
        }
        return full;
    }

    private record Batch(long head, List<Event> events) {}

    /** Nothing of interest up to there; written now and then, so that a restart skips quickly. */
    private void skipTo(long seq) {
        if (seq - written >= SKIPPED_UNWRITTEN) {
            store.write(tx -> moveCursor(tx, seq));
            written = seq;
        }
        position = seq;
    }

    private void hearUntilDone(Event event) {
        for (int attempt = 0; !stopped; attempt++) {
            try {
                store.update(tx -> {
                    hearOnce(tx, event);
                });
                advance(event);
                return;
            } catch (StoreFailure ours) {
                // The database or the disk, not the event: it stays until they are well again.
                LOG.warn("reaction {} waits at {}", reaction.name(), event.seq(), ours);
                pause(DATABASE_PAUSE);
            } catch (MovedElsewhere other) {
                position = store.read(this::storedCursor);
                written = position;
                return;
            } catch (RuntimeException | Error failed) {
                if (attempt >= pauses.size()) {
                    park(event, failed);
                    return;
                }
                LOG.warn(
                        "reaction {} failed at {} {}, try {}",
                        reaction.name(),
                        event.seq(),
                        event.kind(),
                        attempt + 1,
                        failed);
                pause(pauses.get(attempt));
            }
        }
    }

    private void hearOnce(Tx tx, Event event) {
        if (!moveCursor(tx, event.seq())) {
            throw new MovedElsewhere();
        }
        if (Parking.holds(tx.sql(), reaction.name(), event.project(), event.subject())) {
            Parking.park(tx, reaction.name(), event, "waits behind an earlier event");
        } else {
            reaction.hear(tx, event);
        }
    }

    /** False when another process that shares the database was there first. */
    private boolean moveCursor(Tx tx, long seq) {
        return tx.sql()
                        .createUpdate(
                                "UPDATE journal_cursors SET seq = ? WHERE reaction = ? AND seq < ?")
                        .bind(0, seq)
                        .bind(1, reaction.name())
                        .bind(2, seq)
                        .execute()
                == 1;
    }

    private void advance(Event event) {
        position = event.seq();
        written = event.seq();
    }

    private void park(Event event, Throwable failed) {
        LOG.error(
                "reaction {} parks {} {} of {}",
                reaction.name(),
                event.seq(),
                event.kind(),
                event.subject(),
                failed);
        store.update(tx -> {
            moveCursor(tx, event.seq());
            Parking.park(tx, reaction.name(), event, describe(failed));
        });
        advance(event);
    }

    private static String describe(Throwable failed) {
        var text = new ArrayList<String>();
        for (Throwable at = failed; at != null && text.size() < 5; at = at.getCause()) {
            text.add(at.toString());
        }
        return String.join("\ncaused by ", text);
    }

    int retry(String project, Subject subject) {
        int done = 0;
        for (var parked : store.read(sql -> Parking.of(sql, reaction.name(), project, subject))) {
            try {
                store.update(tx -> {
                    Parking.release(tx, reaction.name(), parked.seq());
                    reaction.hear(tx, JournalReads.find(tx.sql(), parked.seq()).orElseThrow());
                });
                done++;
            } catch (RuntimeException again) {
                store.update(tx -> {
                    Parking.explain(tx, reaction.name(), parked.seq(), describe(again));
                });
                return done;
            }
        }
        return done;
    }

    private void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException interrupted) {
            // only stop() interrupts
        }
    }

    private static final class MovedElsewhere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MovedElsewhere() {
            super(null, null, false, false);
        }
    }
}
