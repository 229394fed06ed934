package dev.rondo.web;

import dev.rondo.journal.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Live updates by server-sent events. Publishing never waits: each client has a bounded queue, and
 * one that is too slow loses what is queued and is told {@code resync}.
 */
public final class Live {

    private static final int QUEUE = 512;
    private static final int MOST_TOPICS = 50;
    private static final int MOST_CLIENTS = 2000;
    private static final long HEARTBEAT_SECONDS = 15;
    private static final String WHOLE_PROJECT = "";

    private final Map<String, Set<Client>> byTopic = new ConcurrentHashMap<>();
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    Live() {}

    /** Tells those who look at a subject. {@code data} is HTML, JSON or nothing. */
    public void publish(String project, Subject about, String event, String data) {
        send(topic(project, about.toString()), event, data);
    }

    /** Tells those who look at the project as a whole. */
    public void publish(String project, String event, String data) {
        send(topic(project, WHOLE_PROJECT), event, data);
    }

    /** How many pages listen now. */
    public int listeners() {
        return clients.size();
    }

    /** Answers {@code /projects/{project}/live?about=kind:id&about=…} until the client goes. */
    void serve(Visit visit) {
        if (clients.size() >= MOST_CLIENTS || closed.get()) {
            visit.refuse(Refusal.of("web.live.full", MOST_CLIENTS).status(429));
            return;
        }
        var topics = new HashSet<String>();
        var project = visit.project().name();
        topics.add(topic(project, WHOLE_PROJECT));
        visit.http().queryParams("about").stream()
                .limit(MOST_TOPICS)
                .forEach(about -> topics.add(topic(project, about)));
        var http = visit.http();
        http.disableCompression();
        http.contentType("text/event-stream; charset=utf-8");
        http.header("Cache-Control", "no-store");
        http.header("X-Accel-Buffering", "no");
        var client = new Client(visit, topics);
        clients.add(client);
        topics.forEach(topic ->
                byTopic.computeIfAbsent(topic, key -> ConcurrentHashMap.newKeySet()).add(client));
        http.future(() -> {
            Thread.ofVirtual().name("live-", client.hashCode()).start(client::run);
            return client.done;
        });
    }

    /** Ends all streams, so that a server can stop. */
    void close() {
        closed.set(true);
        clients.forEach(Client::stop);
    }

    private void send(String topic, String event, String data) {
        var listeners = byTopic.get(topic);
        if (listeners != null) {
            var message = message(event, data);
            listeners.forEach(client -> client.offer(message));
        }
    }

    private void forget(Client client) {
        clients.remove(client);
        for (var topic : client.topics) {
            byTopic.computeIfPresent(
                    topic,
                    (key, listeners) -> {
                        listeners.remove(client);
                        return listeners.isEmpty() ? null : listeners;
                    });
        }
    }

    private static String topic(String project, String about) {
        return project + "/" + about;
    }

    private static String message(String event, String data) {
        var text = new StringBuilder("event: ").append(event).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            text.append("data: \n");
        }
        return text.append('\n').toString();
    }

    /** One page that listens; its thread alone writes to the connection. */
    private final class Client {

        private static final String STOP = "";

        private final Visit visit;
        private final Set<String> topics;
        private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Client(Visit visit, Set<String> topics) {
            this.visit = visit;
            this.topics = topics;
        }

        void offer(String message) {
            if (!queue.offer(message)) {
                queue.clear();
                queue.offer(message("resync", ""));
            }
        }

        void stop() {
            queue.clear();
            queue.offer(STOP);
        }

        void run() {
            try {
                var out = visit.http().res().getOutputStream();
                out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
                visit.http().res().flushBuffer();
                while (true) {
                    var message = queue.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                    if (message == null) {
                        message = ": still here\n\n";
                    } else if (message.equals(STOP)) {
                        break;
                    }
                    out.write(message.getBytes(StandardCharsets.UTF_8));
                    if (queue.isEmpty()) {
                        visit.http().res().flushBuffer();
                    }
                }
            } catch (IOException | IllegalStateException e) {
                // The reader closed the page: the usual end of a stream.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                forget(this);
                done.complete(null);
            }
        }
    }
}
