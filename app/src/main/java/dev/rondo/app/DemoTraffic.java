package dev.rondo.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** The users of the service: a steady stream of requests through the router, counted. */
final class DemoTraffic implements AutoCloseable {

    private static final int PER_SECOND = 100;
    private static final int AT_ONCE = 32;
    private static final int FAILURES_KEPT = 10_000;
    private static final String BROKEN = "HTTP 500";

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final URI base;
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().name("demo-traffic").unstarted(this::send);
    private volatile boolean stopped;
    private volatile boolean reached;

    /** A request that got an answer of 500 or more, or none. */
    record Failure(Instant at, String path, String what) {}

    DemoTraffic(URI base, List<String> paths) {
        this.base = base;
        this.paths.addAll(paths);
    }

    void start() {
        thread.start();
    }

    /** From now on this is asked for as well. */
    void alsoAsk(String path) {
        paths.add(path);
    }

    /** How many requests got what they asked for. */
    long answered() {
        return answered.get();
    }

    /** All failures but those of a path that answers that it is broken. */
    List<Failure> failuresButOf(String path) {
        return failures.stream()
                .filter(one -> !one.path().equals(path) || !one.what().equals(BROKEN))
                .toList();
    }

    /** Failures since the service answered for the first time. */
    List<Failure> failures() {
        return List.copyOf(failures);
    }

    Optional<Duration> fromFirstToLastFailureSince(Instant since) {
        var after = failures.stream().filter(one -> one.at().isAfter(since)).toList();
        return after.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(after.getFirst().at(), after.getLast().at()));
    }

    private void send() {
        long pause = 1_000_000_000L / PER_SECOND;
        long next = System.nanoTime();
        while (!stopped) {
            try {
                turns.acquire();
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(Duration.ofNanos(wait));
                }
                // What could not be sent in time is not made up for.
                next = Math.max(next + pause, System.nanoTime() - pause);
            } catch (InterruptedException interrupted) {
                return;
            }
            var path = paths.get((int) (sent.getAndIncrement() % paths.size()));
            Thread.startVirtualThread(() -> ask(path));
        }
    }

    private void ask(String path) {
        try {
            var response =
                    http.send(
                            HttpRequest.newBuilder(URI.create(base + path))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            if (response.statusCode() < 400) {
                reached = true;
                answered.incrementAndGet();
            } else if (response.statusCode() >= 500) {
                failed(path, "HTTP " + response.statusCode());
            }
        } catch (IOException broken) {
            failed(path, broken.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            turns.release();
        }
    }

    private void failed(String path, String what) {
        // Before anything is deployed nobody answers, and nobody is let down.
        if (reached && !stopped && failures.size() < FAILURES_KEPT) {
            failures.add(new Failure(Instant.now(), path, what));
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }
}
