package dev.rondo.deploying;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks an instance whether it is well. One that hangs costs the timeout and nothing more. */
final class HealthProbe implements AutoCloseable {

    private static final int FRAME_HEADER = 9;
    private static final int FRAME_TYPE = 3;
    private static final byte SETTINGS = 4;

    /**
     * What a client of HTTP/2 says first: the magic line and a SETTINGS frame with nothing in it.
     */
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
                    .getBytes(StandardCharsets.ISO_8859_1);

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
        return h2c ? settings(port, health) : get(port, health);
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

    /**
     * HTTP/2 by prior knowledge has no common health path: that it answers the preface with its
     * settings is enough (RFC 9113, 3.4). A connection alone would say nothing: what passes it on
     * to the sandbox takes connections before the instance does.
     */
    private static Optional<Reason> settings(int port, Delivery.Health health) {
        var millis = (int) health.timeout().toMillis();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(PREFACE);
            var header = socket.getInputStream().readNBytes(FRAME_HEADER);
            if (header.length == 0) {
                return Optional.of(Reason.of("health.connect", port));
            }
            return header.length == FRAME_HEADER && header[FRAME_TYPE] == SETTINGS
                    ? Optional.empty()
                    : Optional.of(Reason.of("health.h2c", port));
        } catch (SocketTimeoutException silent) {
            return Optional.of(Reason.of("health.h2c", port));
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
