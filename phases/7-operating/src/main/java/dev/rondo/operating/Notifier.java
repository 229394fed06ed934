package dev.rondo.operating;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.operating.Notifications.Channel;
import dev.rondo.operating.Notifications.Delivery;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import dev.rondo.web.Outgoing;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers notifications, tries again with growing pauses, and says in the journal how each ended;
 * beside that it looks for incidents that nobody acknowledged in time.
 */
final class Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final int BATCH = 50;
    private static final long SECOND = 1_000_000;
    private static final long CLAIM_MICROS = 60 * SECOND;
    private static final long ESCALATION_PAUSE_MILLIS = 15_000;

    private final Spine spine;
    private final Journal journal;
    private final Message message;
    private final List<Duration> pauses;
    private final Incidents incidents;
    private final Outside outside;
    private final Semaphore signal;
    private final Thread worker;
    private volatile boolean stopped;

    /**
     * @param pauses between the tries of a delivery; after the last it has failed
     */
    Notifier(
            Spine spine,
            Incidents incidents,
            Outside outside,
            Semaphore signal,
            List<Duration> pauses) {
        this.spine = spine;
        this.journal = spine.journal();
        this.message = new Message(spine.texts(), spine.publicUrl());
        this.incidents = incidents;
        this.signal = signal;
        this.pauses = pauses;
        this.outside = outside;
        this.worker = Thread.ofVirtual().name("notifier").unstarted(this::run);
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
                escalate();
                var due = spine.store().read(sql -> Notifications.due(sql, Micros.now(), BATCH));
                due.forEach(this::deliver);
                if (due.size() < BATCH && signal.tryAcquire(pause(), TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("notifications wait a moment", e);
                if (!waited()) {
                    return;
                }
            }
        }
    }

    private boolean waited() {
        try {
            TimeUnit.SECONDS.sleep(1);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private long pause() {
        var next = spine.store().read(Notifications::nextDue);
        long untilNext = next.map(at -> (at - Micros.now()) / 1000).orElse(Long.MAX_VALUE);
        return Math.clamp(untilNext, 1, ESCALATION_PAUSE_MILLIS);
    }

    private void escalate() {
        for (var late : spine.store().read(sql -> IncidentStore.toEscalate(sql, Micros.now()))) {
            spine.store().update(tx -> incidents.escalate(tx, late));
        }
    }

    private void deliver(Delivery delivery) {
        boolean mine =
                spine.store()
                        .write(tx ->
                                Notifications.claim(tx, delivery, Micros.now() + CLAIM_MICROS));
        if (!mine) {
            return;
        }
        var error = "";
        try {
            send(delivery);
        } catch (IOException | MessagingException e) {
            error = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        note(delivery, error);
    }

    private void send(Delivery delivery)
            throws IOException, MessagingException, InterruptedException {
        var incident =
                spine.store()
                        .read(sql -> IncidentStore.find(sql, delivery.project(), delivery.number()))
                        .orElseThrow();
        var eventId =
                spine.store()
                        .read(sql -> JournalReads.find(sql, delivery.seq()))
                        .map(Event::id)
                        .orElseThrow();
        switch (delivery.channel()) {
            case CONSOLE ->
                    LOG.warn(
                            "{} → {} {}",
                            message.subject(incident, delivery.occasion(), Locale.ENGLISH),
                            delivery.target(),
                            message.url(incident));
            case WEBHOOK -> {
                var webhook =
                        spine.store()
                                .read(sql ->
                                        ChannelSettings.webhook(
                                                sql, spine.secrets(), delivery.project()))
                                .filter(found -> found.url().equals(delivery.target()))
                                .orElseThrow(() -> new IOException("no longer configured"));
                var body =
                        message.json(
                                incident,
                                delivery.occasion(),
                                evidence(incident, Locale.ENGLISH),
                                eventId);
                post(webhook, "incident." + delivery.occasion().word(), eventId, body);
            }
            case MAIL -> mail(delivery, incident, eventId);
        }
    }

    private List<String> evidence(Incident incident, Locale language) {
        return spine.store().read(sql -> new Evidence(spine.texts(), language).of(sql, incident));
    }

    private void post(ChannelSettings.Webhook webhook, String occasion, String id, String body)
            throws IOException, InterruptedException {
        int status =
                outside.webhooks()
                        .post(
                                new Outgoing.Delivery(
                                        URI.create(webhook.url()),
                                        webhook.secret(),
                                        id,
                                        "application/json",
                                        Map.of("X-Rondo-Event", occasion),
                                        body));
        if (status / 100 != 2) {
            throw new IOException("HTTP " + status);
        }
    }

    private void mail(Delivery delivery, Incident incident, String eventId)
            throws IOException, MessagingException {
        var settings =
                spine.store()
                        .read(sql -> outside.mail(sql, spine.secrets()))
                        .orElseThrow(() -> new IOException("no mail server is configured"));
        var language = language(delivery.target());
        var runbook =
                spine.store()
                        .read(sql -> ServiceStore.find(sql, incident.project(), incident.place()))
                        .map(service -> service.care().runbook())
                        .orElse("");
        Mailer.send(
                settings,
                delivery.target(),
                eventId,
                message.subject(incident, delivery.occasion(), language),
                message.body(
                        incident,
                        delivery.occasion(),
                        evidence(incident, language),
                        runbook,
                        language));
    }

    /** The language of the account that has the address; English where it says nothing. */
    private Locale language(String address) {
        return spine.store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT language FROM access_accounts"
                                                + " WHERE email = ? ORDER BY name LIMIT 1")
                                .bind(0, address)
                                .mapTo(String.class)
                                .findFirst())
                .filter(language -> !language.isEmpty())
                .map(Locale::of)
                .orElse(Locale.ENGLISH);
    }

    private void note(Delivery delivery, String error) {
        boolean delivered = error.isEmpty();
        boolean last = delivery.attempts() >= pauses.size();
        var state = delivered ? "delivered" : last ? "failed" : "waiting";
        long next =
                delivered || last
                        ? 0
                        : Micros.now() + pauses.get(delivery.attempts()).toNanos() / 1000;
        spine.store()
                .update(tx -> {
                    Notifications.note(tx, delivery, state, next, error);
                    if (!state.equals("waiting")) {
                        append(tx, delivery, delivered);
                    }
                });
        if (!delivered) {
            LOG.info(
                    "notification of incident {} by {} {}: {}",
                    delivery.number(),
                    delivery.channel().word(),
                    state,
                    error);
        }
    }

    private void append(Tx tx, Delivery delivery, boolean delivered) {
        var subject = Subject.of("incident", delivery.number());
        journal.append(
                tx,
                new Draft(
                        delivery.project(),
                        subject,
                        Incidents.ACTOR,
                        new Fact.NotificationSent(
                                delivery.number(),
                                delivery.channel().word(),
                                shown(delivery),
                                delivered)),
                List.of(delivery.seq()));
        tx.afterCommit(() -> spine.live().publish(delivery.project(), subject, "changed", ""));
    }

    /** A webhook's address may hold a secret; its host is enough to know it by. */
    private static String shown(Delivery delivery) {
        return delivery.channel() == Channel.WEBHOOK
                ? String.valueOf(URI.create(delivery.target()).getHost())
                : delivery.target();
    }
}
