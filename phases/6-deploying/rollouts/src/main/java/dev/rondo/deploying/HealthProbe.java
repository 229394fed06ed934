package dev.rondo.deploying;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks an instance whether it is well. One that hangs costs the timeout and nothing more. */
final class HealthProbe implements AutoCloseable {

    /** Made when it is first asked for: it reads all trusted certificates, a tenth of a start. */
    private @Nullable HttpClient made;

    private synchronized HttpClient http() {
        var known = made;
        if (known == null) {
            known =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(Duration.ofSeconds(5))
                            .build();
            made = known;
        }
        return known;
    }

    /** What is wrong, or nothing. */
    Optional<Reason> ask(int port, Delivery.Health health, boolean h2c)
            throws InterruptedException {
        return h2c ? connect(port, health) : get(port, health);
    }

    private Optional<Reason> get(int port, Delivery.Health health) throws InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + port + health.path());
        var request =
                HttpRequest.newBuilder(uri)
                        .header("User-Agent", "rondo-health")
                        .timeout(health.timeout())
                        .build();
        var answer = http().sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            int status =
                    answer.get(health.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return status >= 200 && status < 400
                    ? Optional.empty()
                    : Optional.of(Reason.of("health.status", health.path(), status));
        } catch (TimeoutException late) {
            answer.cancel(true);
            return Optional.of(late(health));
        } catch (ExecutionException failed) {
            return Optional.of(
                    failed.getCause() instanceof java.net.http.HttpTimeoutException
                            ? late(health)
                            : Reason.of("health.connect", port));
        }
    }

    private static Reason late(Delivery.Health health) {
        return Reason.of("health.timeout", health.path(), health.timeout().toMillis());
    }

    /** HTTP/2 by prior knowledge has no common health path: that it takes connections is enough. */
    private static Optional<Reason> connect(int port, Delivery.Health health) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress("127.0.0.1", port), (int) health.timeout().toMillis());
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(Reason.of("health.connect", port));
        }
    }

    @Override
    public synchronized void close() {
        if (made != null) {
            made.shutdownNow();
        }
    }
}
