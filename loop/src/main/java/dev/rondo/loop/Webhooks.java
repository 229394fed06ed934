package dev.rondo.loop;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.phase.Spine;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.web.Outgoing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What is published when something was sent. */
    static final String LIVE = "deliveries";

    /** So many may wait for one receiver; what comes on top is given up at once. */
    static final int MOST_WAITING = 10_000;

    /** A receiver that was away for longer has other ways to catch up. */
    private static final Duration OLDEST = Duration.ofDays(3);

    private final Spine spine;
    private final WebhookStore store;
    private final Outgoing outgoing;
    private final Semaphore signal = new Semaphore(1);
    private final Thread worker = Thread.ofVirtual().name("webhooks").unstarted(this::deliverAll);
    private volatile boolean stopped;
    private long forgotten;

    Webhooks(Spine spine, WebhookStore store, Outgoing outgoing) {
        this.spine = spine;
        this.store = store;
        this.outgoing = outgoing;
    }

    /** Whether an address may be called at all. */
    boolean allows(URI url) {
        return outgoing.allows(url);
    }

    Reaction reaction() {
        return Reaction.named("webhooks")
                .onAny((tx, event, fact) -> {
                    if (!isOfReceivers(fact) && DeliveryQueue.plan(tx, event, MOST_WAITING)) {
                        tx.afterCommit(signal::release);
                    }
                });
    }

    /** A receiver is not told of itself: each delivery repeated would be one more to deliver. */
    private static boolean isOfReceivers(Fact fact) {
        return fact instanceof Fact.AuditRecorded audit
                && (audit.action().startsWith("webhook.")
                        || audit.action().startsWith("delivery."));
    }

    void start() {
        worker.start();
    }

    void stop() {
        stopped = true;
        worker.interrupt();
    }

    /** Sends once more what was sent; by itself, whatever waits for that receiver. */
    void repeat(Attempt attempt, String project, String account) {
        spine.store()
                .update(tx -> {
                    Attempts.repeat(tx, attempt, account);
                    spine.journal()
                            .append(
                                    tx,
                                    new Draft(
                                            project,
                                            Subject.of("account", account),
                                            account,
                                            new Fact.AuditRecorded(
                                                    "delivery.repeated",
                                                    String.valueOf(attempt.seq()),
                                                    Map.of())));
                    tx.afterCommit(signal::release);
                });
    }

    /** Each receiver by itself: one that hangs holds up nobody else. */
    private void deliver(List<DeliveryQueue.Due> due, List<DeliveryQueue.Due> repeats)
            throws InterruptedException {
        var perReceiver = new LinkedHashMap<String, List<DeliveryQueue.Due>>();
        due.forEach(
                one -> perReceiver.computeIfAbsent(one.webhook(), w -> new ArrayList<>()).add(one));
        var threads = new ArrayList<Thread>();
        for (var own : perReceiver.values()) {
            threads.add(Thread.ofVirtual().name("webhook").start(() -> deliverInOrder(own)));
        }
        for (var one : repeats) {
            threads.add(Thread.ofVirtual().name("webhook").start(() -> deliverAgain(one)));
        }
        for (var thread : threads) {
            thread.join();
        }
        forget();
    }

    /** In order, until the receiver does not take one: then the others wait as long as that one. */
    private void deliverInOrder(List<DeliveryQueue.Due> own) {
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
        spine.store().update(tx -> DeliveryQueue.postpone(tx, webhook, until));
    }

    private void forget() {
        var now = Micros.now();
        if (now - forgotten < 3_600_000_000L) {
            return;
        }
        forgotten = now;
        spine.store()
                .update(tx -> {
                    Attempts.forgetOld(tx, now);
                    DeliveryQueue.forgetOld(tx, now);
                });
    }

    private void deliverAll() {
        while (!stopped) {
            try {
                var due = spine.store().read(sql -> DeliveryQueue.due(sql, BATCH));
                var repeats = spine.store().read(sql -> DeliveryQueue.repeats(sql, BATCH));
                deliver(due, repeats);
                if (due.size() < BATCH
                        && repeats.size() < BATCH
                        && signal.tryAcquire(nextPause(), TimeUnit.MILLISECONDS)) {
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

    /** Until the earliest delivery that waits for another try; a commit wakes earlier. */
    private long nextPause() {
        long next = spine.store().read(DeliveryQueue::earliest);
        return next == 0 ? 3_600_000 : Math.max(1, (next - Micros.now()) / 1000);
    }

    /**
     * @return whether the next one may go out
     */
    private boolean deliver(DeliveryQueue.Due due) {
        var event = spine.store().read(sql -> JournalReads.find(sql, due.seq())).orElseThrow();
        if (event.at().isBefore(Instant.now().minus(OLDEST))) {
            spine.store()
                    .update(tx ->
                            DeliveryQueue.note(
                                    tx,
                                    due,
                                    "failed",
                                    0,
                                    "older than " + OLDEST.toDays() + " days"));
            return true;
        }
        Attempt attempt;
        try {
            attempt = attempt(due, event);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        boolean delivered = attempt.delivered();
        long next = Micros.now() + (delivered ? 0 : pause(attempt.number()));
        var state = delivered ? "delivered" : attempt.number() >= LAST_TRY ? "failed" : "waiting";
        spine.store()
                .update(tx -> {
                    DeliveryQueue.note(tx, due, state, next, attempt.answer());
                    Attempts.add(tx, attempt);
                });
        spine.live().publish(due.hook().project(), LIVE, "");
        if (!delivered) {
            postpone(due.webhook(), next);
        }
        return delivered;
    }

    private void deliverAgain(DeliveryQueue.Due due) {
        try {
            var event = spine.store().read(sql -> JournalReads.find(sql, due.seq())).orElseThrow();
            var attempt = attempt(due, event);
            spine.store().update(tx -> Attempts.repeated(tx, attempt));
            spine.live().publish(due.hook().project(), LIVE, "");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            LOG.warn("repeating a delivery of webhook {} went wrong", due.webhook(), failed);
        }
    }

    private Attempt attempt(DeliveryQueue.Due due, Event event) throws InterruptedException {
        var id = Ids.next();
        var at = Instant.now();
        long began = System.nanoTime();
        int number = due.account().isEmpty() ? due.attempts() + 1 : 0;
        Outgoing.Answer answer;
        var reason = "";
        var detail = "";
        try {
            answer = outgoing.call(delivery(due.hook(), event), at);
        } catch (Outgoing.Unanswered none) {
            answer = new Outgoing.Answer(0, "", "");
            reason = none.reason().word();
            detail = String.valueOf(none.getMessage());
        }
        return new Attempt(
                id,
                due.webhook(),
                due.seq(),
                number,
                at,
                Duration.ofNanos(System.nanoTime() - began),
                answer.status(),
                reason,
                detail,
                answer.headers(),
                answer.body(),
                due.account());
    }

    /** 4 s, 16 s, 64 s … 4.5 h, and up to a tenth more, so that not all come back at once. */
    static long pause(int attempts) {
        long pause = 1_000_000L << Math.min(attempts * 2, 14);
        return pause + ThreadLocalRandom.current().nextLong(pause / 10);
    }

    /** The same for each try: what went out can be shown without having been kept. */
    Outgoing.Delivery delivery(WebhookStore.Hook hook, Event event) {
        return new Outgoing.Delivery(
                URI.create(hook.url()),
                store.secret(hook),
                event.id(),
                "application/cloudevents+json",
                Map.of(),
                CloudEvent.json(event, spine.publicUrl()));
    }
}
