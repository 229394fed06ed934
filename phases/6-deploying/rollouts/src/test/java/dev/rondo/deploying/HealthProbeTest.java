package dev.rondo.deploying;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an instance that should speak HTTP/2 says instead. */
class HealthProbeTest {

    private static final Delivery.Health HEALTH =
            new Delivery.Health(
                    "/",
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    1,
                    1,
                    Duration.ofSeconds(9));

    private interface Peer {
        void meet(Socket socket) throws IOException;
    }

    @Test
    void aPortThatTakesConnectionsAndBreaksThemOffIsNotWell() throws Exception {
        assertThat(asked(Socket::close)).isEqualTo("health.connect");
    }

    @Test
    void aServerOfHttp1IsNotWell() throws Exception {
        assertThat(
                        asked(socket ->
                                socket.getOutputStream()
                                        .write("HTTP/1.1 400 \r\n".getBytes(UTF_8))))
                .isEqualTo("health.h2c");
    }

    @Test
    void aServerThatSaysNothingIsNotWell() throws Exception {
        assertThat(asked(socket -> {})).isEqualTo("health.h2c");
    }

    private static String asked(Peer peer) throws Exception {
        try (var probe = new HealthProbe();
                var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var met =
                    CompletableFuture.supplyAsync(() -> {
                        try {
                            var socket = listener.accept();
                            peer.meet(socket);
                            return socket;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            var problem = probe.ask(listener.getLocalPort(), HEALTH, true).orElseThrow();
            met.join().close();
            return problem.key().replace("deploying.reason.", "");
        }
    }
}
