package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reaction;
import dev.rondo.loop.view.WebhookView;
import dev.rondo.phase.Spine;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import dev.rondo.web.Outgoing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events out as CloudEvents over signed webhooks. A reaction writes what is to be delivered, keyed
 * by webhook and event; a worker delivers to each receiver in order, tries again with growing
 * pauses for about six hours, and keeps at most so many waiting.
 */
final class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int LAST_TRY = 8;
    private static final int BATCH = 50;

    /** So many may wait for one receiver; what comes on top is given up at once. */
    static final int MOST_WAITING = 10_000;

    /** A receiver that was away for longer has other ways to catch up. */
    private static final Duration OLDEST = Duration.ofDays(3);

    /** What is done with is forgotten after this. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final Spine spine;
    private final Outgoing outgoing;
    private final Semaphore signal = new Semaphore(1);
    private final Thread worker = Thread.ofVirtual().name("webhooks").unstarted(this::deliverAll);
    private volatile boolean stopped;
    private long forgotten;

    Webhooks(Spine spine, Outgoing outgoing) {
        this.spine = spine;
        this.outgoing = outgoing;
    }

    /** Whether an address may be called at all. */
    boolean allows(URI url) {
        return outgoing.allows(url);
    }

    String create(String project, URI url, String secret, Set<String> kinds) {
        var id = Ids.next();
        var sealed = spine.secrets().seal(secret, "loop/webhook/" + id);
        spine.store()
                .update(tx ->
                        tx.sql()
                                .createUpdate(
                                        "INSERT INTO loop_webhooks (id, project, url,"
                                                + " secret, kinds, created_at)"
                                                + " VALUES (?, ?, ?, ?, ?, ?)")
                                .bind(0, id)
                                .bind(1, project)
                                .bind(2, url.toString())
                                .bind(3, sealed)
                                .bind(4, String.join(" ", kinds))
                                .bind(5, Micros.now())
                                .execute());
        return id;
    }

    /**
     * @return false when there was none
     */
    boolean delete(String project, String id) {
        return spine.store()
                .write(tx -> {
                    tx.sql()
                            .createUpdate(
                                    "DELETE FROM loop_deliveries WHERE webhook IN (SELECT"
                                            + " id FROM loop_webhooks WHERE id = ? AND project"
                                            + " = ?)")
                            .bind(0, id)
                            .bind(1, project)
                            .execute();
                    return tx.sql()
                                    .createUpdate(
                                            "DELETE FROM loop_webhooks WHERE id = ? AND project = ?")
                                    .bind(0, id)
                                    .bind(1, project)
                                    .execute()
                            == 1;
                });
    }

    List<WebhookView> list(String project) {
        return spine.store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT w.id, w.url, w.kinds, (SELECT COUNT(*) FROM"
                                                + " loop_deliveries d WHERE d.webhook = w.id"
                                                + " AND d.state = 'delivered'), (SELECT"
                                                + " COUNT(*) FROM loop_deliveries d WHERE"
                                                + " d.webhook = w.id AND d.state = 'waiting'),"
                                                + " (SELECT COUNT(*) FROM loop_deliveries d"
                                                + " WHERE d.webhook = w.id AND d.state ="
                                                + " 'failed') FROM loop_webhooks w WHERE"
                                                + " w.project = ? ORDER BY w.created_at LIMIT"
                                                + " 100")
                                .bind(0, project)
                                .map((row, ctx) ->
                                        new WebhookView(
                                                row.getString(1),
                                                row.getString(2),
                                                row.getString(3),
                                                row.getLong(4),
                                                row.getLong(5),
                                                row.getLong(6)))
                                .list());
    }

    Reaction reaction() {
        return Reaction.named("webhooks").onAny((tx, event, fact) -> plan(tx, event));
    }

    private static final String WAITING =
            " (SELECT COUNT(*) FROM loop_deliveries d WHERE d.webhook = w.id"
                    + " AND d.state = 'waiting')";

    /** Nothing overtakes what waits for another try. */
    private static final String EARLIEST =
            "(SELECT MIN(next_at) FROM loop_deliveries d WHERE d.webhook = w.id"
                    + " AND d.state = 'waiting')";

    private void plan(Tx tx, Event event) {
        int planned =
                tx.sql()
                        .createUpdate(
                                "INSERT INTO loop_deliveries (webhook, seq, attempts, next_at,"
                                        + " state, answer) SELECT id, :seq, 0, COALESCE("
                                        + EARLIEST
                                        + ", :now), CASE WHEN"
                                        + WAITING
                                        + " < :most THEN 'waiting' ELSE 'failed' END, '' FROM"
                                        + " loop_webhooks w WHERE project = :project AND (kinds ="
                                        + " '' OR ' ' || kinds || ' ' LIKE :kind)"
                                        + " ON CONFLICT DO NOTHING")
                        .bind("seq", event.seq())
                        .bind("now", Micros.now())
                        .bind("most", MOST_WAITING)
                        .bind("project", event.project())
                        .bind("kind", "% " + event.kind() + " %")
                        .execute();
        if (planned > 0) {
            tx.afterCommit(signal::release);
        }
    }

    void start() {
        worker.start();
    }

    void stop() {
        stopped = true;
        worker.interrupt();
    }

    /** Each receiver by itself: one that hangs holds up nobody else. */
    private void deliver(List<Due> due) throws InterruptedException {
        var perReceiver = new LinkedHashMap<String, List<Due>>();
        due.forEach(
                one -> perReceiver.computeIfAbsent(one.webhook(), w -> new ArrayList<>()).add(one));
        var threads = new ArrayList<Thread>();
        for (var own : perReceiver.values()) {
            threads.add(Thread.ofVirtual().name("webhook").start(() -> deliverInOrder(own)));
        }
        for (var thread : threads) {
            thread.join();
        }
        forget();
    }

    /** In order, until the receiver does not take one: then the others wait as long as that one. */
    private void deliverInOrder(List<Due> own) {
        try {
            for (var one : own) {
                if (!deliver(one)) {
                    return;
                }
            }
        } catch (RuntimeException failed) {
            LOG.warn("a delivery of webhook {} went wrong", own.getFirst().webhook(), failed);
            postpone(own.getFirst().webhook(), Micros.now() + 60_000_000);
        }
    }

    private void postpone(String webhook, long until) {
        spine.store()
                .update(tx ->
                        tx.sql()
                                .createUpdate(
                                        "UPDATE loop_deliveries SET next_at = ? WHERE webhook = ?"
                                                + " AND state = 'waiting' AND next_at < ?")
                                .bind(0, until)
                                .bind(1, webhook)
                                .bind(2, until)
                                .execute());
    }

    private void forget() {
        var now = Micros.now();
        if (now - forgotten < 3_600_000_000L) {
            return;
        }
        forgotten = now;
        spine.store()
                .update(tx ->
                        tx.sql()
                                .createUpdate(
                                        "DELETE FROM loop_deliveries WHERE state <> 'waiting'"
                                                + " AND next_at < ?")
                                .bind(0, now - KEPT.toNanos() / 1000)
                                .execute());
    }

    private void deliverAll() {
        while (!stopped) {
            try {
                var due = due();
                deliver(due);
                if (due.size() < BATCH && signal.tryAcquire(nextPause(), TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException failed) {
                LOG.warn("webhooks wait a moment", failed);
                pauseAfterFailure();
            }
        }
    }

    private void pauseAfterFailure() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Due(String webhook, String url, byte[] secret, long seq, int attempts) {}

    private List<Due> due() {
        return spine.store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT w.id, w.url, w.secret, d.seq, d.attempts"
                                                + " FROM loop_deliveries d JOIN loop_webhooks w"
                                                + " ON w.id = d.webhook WHERE d.state ="
                                                + " 'waiting' AND d.next_at <= ? ORDER BY"
                                                + " d.next_at, d.seq LIMIT "
                                                + BATCH)
                                .bind(0, Micros.now())
                                .map((row, ctx) ->
                                        new Due(
                                                row.getString(1),
                                                row.getString(2),
                                                row.getBytes(3),
                                                row.getLong(4),
                                                row.getInt(5)))
                                .list());
    }

    /** Until the earliest delivery that waits for another try; a commit wakes earlier. */
    private long nextPause() {
        long next =
                spine.store()
                        .read(sql ->
                                sql.createQuery(
                                                "SELECT COALESCE(MIN(next_at), 0) FROM"
                                                        + " loop_deliveries WHERE state ="
                                                        + " 'waiting'")
                                        .mapTo(Long.class)
                                        .one());
        return next == 0 ? 3_600_000 : Math.max(1, (next - Micros.now()) / 1000);
    }

    /**
     * @return whether the next one may go out
     */
    private boolean deliver(Due due) {
        var event = spine.store().read(sql -> JournalReads.find(sql, due.seq())).orElseThrow();
        if (event.at().isBefore(Instant.now().minus(OLDEST))) {
            note(due, "failed", 0, "older than " + OLDEST.toDays() + " days");
            return true;
        }
        String answer;
        boolean delivered;
        try {
            int status = outgoing.post(delivery(due, event));
            delivered = status / 100 == 2;
            answer = "HTTP " + status;
        } catch (IOException failed) {
            delivered = false;
            answer = String.valueOf(failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        int attempts = due.attempts() + 1;
        if (delivered) {
            note(due, "delivered", Micros.now(), answer);
            return true;
        }
        long next = Micros.now() + pause(attempts);
        note(due, attempts >= LAST_TRY ? "failed" : "waiting", next, answer);
        postpone(due.webhook(), next);
        return false;
    }

    /** 4 s, 16 s, 64 s … 4.5 h, and up to a tenth more, so that not all come back at once. */
    static long pause(int attempts) {
        long pause = 1_000_000L << Math.min(attempts * 2, 14);
        return pause + ThreadLocalRandom.current().nextLong(pause / 10);
    }

    private Outgoing.Delivery delivery(Due due, Event event) {
        return new Outgoing.Delivery(
                URI.create(due.url()),
                spine.secrets().open(due.secret(), "loop/webhook/" + due.webhook()),
                event.id(),
                "application/cloudevents+json",
                Map.of(),
                CloudEvent.json(event, spine.publicUrl()));
    }

    private void note(Due due, String state, long next, String answer) {
        spine.store()
                .update(tx ->
                        tx.sql()
                                .createUpdate(
                                        "UPDATE loop_deliveries SET attempts = ?, next_at ="
                                                + " ?, state = ?, answer = ? WHERE webhook = ?"
                                                + " AND seq = ?")
                                .bind(0, due.attempts() + 1)
                                .bind(1, next)
                                .bind(2, state)
                                .bind(3, answer)
                                .bind(4, due.webhook())
                                .bind(5, due.seq())
                                .execute());
    }
}
