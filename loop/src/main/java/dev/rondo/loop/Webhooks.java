package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reaction;
import dev.rondo.loop.view.WebhookView;
import dev.rondo.phase.Spine;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events out as CloudEvents over signed webhooks. A reaction writes what is to be delivered, keyed
 * by webhook and event; a worker delivers in order of time and tries again with growing pauses.
 */
final class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int LAST_TRY = 8;
    private static final int BATCH = 50;

    private final Spine spine;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final Semaphore signal = new Semaphore(1);
    private final Thread worker = Thread.ofVirtual().name("webhooks").unstarted(this::deliverAll);
    private volatile boolean stopped;

    Webhooks(Spine spine) {
        this.spine = spine;
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

    void delete(String project, String id) {
        spine.store()
                .update(tx -> {
                    tx.sql()
                            .createUpdate(
                                    "DELETE FROM loop_deliveries WHERE webhook IN (SELECT"
                                            + " id FROM loop_webhooks WHERE id = ? AND project"
                                            + " = ?)")
                            .bind(0, id)
                            .bind(1, project)
                            .execute();
                    tx.sql()
                            .createUpdate(
                                    "DELETE FROM loop_webhooks WHERE id = ? AND project =" + " ?")
                            .bind(0, id)
                            .bind(1, project)
                            .execute();
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

    private void plan(Tx tx, Event event) {
        int planned =
                tx.sql()
                        .createUpdate(
                                "INSERT INTO loop_deliveries (webhook, seq, attempts, next_at,"
                                        + " state, answer) SELECT id, ?, 0, ?, 'waiting', '' FROM"
                                        + " loop_webhooks WHERE project = ? AND (kinds = '' OR"
                                        + " ' ' || kinds || ' ' LIKE ?) ON CONFLICT DO NOTHING")
                        .bind(0, event.seq())
                        .bind(1, Micros.now())
                        .bind(2, event.project())
                        .bind(3, "% " + event.kind() + " %")
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

    private void deliverAll() {
        while (!stopped) {
            try {
                var due = due();
                due.forEach(this::deliver);
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

    private void deliver(Due due) {
        var event = spine.store().read(sql -> JournalReads.find(sql, due.seq())).orElseThrow();
        var secret = spine.secrets().open(due.secret(), "loop/webhook/" + due.webhook());
        String answer;
        boolean delivered;
        try {
            var response =
                    http.send(request(due, event, secret), HttpResponse.BodyHandlers.discarding());
            delivered = response.statusCode() / 100 == 2;
            answer = "HTTP " + response.statusCode();
        } catch (IOException failed) {
            delivered = false;
            answer = String.valueOf(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        note(due, delivered, answer);
    }

    private HttpRequest request(Due due, Event event, String secret) {
        var body = CloudEvent.json(event, spine.publicUrl());
        return HttpRequest.newBuilder(URI.create(due.url()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .header("User-Agent", "Rondo")
                .header("X-Rondo-Delivery", event.id())
                .header("X-Hub-Signature-256", "sha256=" + Signature.hex(secret, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void note(Due due, boolean delivered, String answer) {
        int attempts = due.attempts() + 1;
        var state = delivered ? "delivered" : attempts >= LAST_TRY ? "failed" : "waiting";
        long next = Micros.now() + 1_000_000L * (1L << Math.min(attempts * 2, 14));
        spine.store()
                .update(tx ->
                        tx.sql()
                                .createUpdate(
                                        "UPDATE loop_deliveries SET attempts = ?, next_at ="
                                                + " ?, state = ?, answer = ? WHERE webhook = ?"
                                                + " AND seq = ?")
                                .bind(0, attempts)
                                .bind(1, next)
                                .bind(2, state)
                                .bind(3, answer)
                                .bind(4, due.webhook())
                                .bind(5, due.seq())
                                .execute());
    }
}
