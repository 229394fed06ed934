package dev.rondo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one way from a program to the server's own HTTP. */
final class DoorwayTest {

    private static final Limits LIMITS = Limits.ofJob().withWallTime(Duration.ofSeconds(60));

    @TempDir Path data;
    Sandbox sandbox;
    Rig rig;
    HttpServer rondo;
    HttpServer other;

    @BeforeEach
    void open() throws Exception {
        sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP);
        rig = new Rig(sandbox, Files.createDirectories(data.resolve("work")));
        rondo = server("rondo");
        other = server("secret");
        sandbox.serves(rondo::getAddress);
        sandbox.published(URI.create("http://127.0.0.1:1"));
    }

    @AfterEach
    void close() {
        sandbox.close();
        rondo.stop(0);
        other.stop(0);
    }

    /** Answers a GET with its word, and a POST with what was posted. */
    private static HttpServer server(String word) throws Exception {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        boolean post = exchange.getRequestMethod().equals("POST");
                        exchange.sendResponseHeaders(200, 0);
                        if (post) {
                            exchange.getRequestBody().transferTo(exchange.getResponseBody());
                        } else {
                            exchange.getResponseBody().write((word + "\n").getBytes());
                        }
                    }
                });
        server.start();
        return server;
    }

    @Test
    void aProgramReachesTheServerByItsName() throws Exception {
        var result =
                rig.run(
                        Network.SERVED,
                        LIMITS,
                        "curl -sS " + sandbox.serverInside().orElseThrow() + "/anything");
        assertThat(result.output()).isEqualTo("rondo\n");
    }

    @Test
    void gitFindsTheServerByThePublishedAddressToo() throws Exception {
        var result =
                rig.run(
                        Network.SERVED,
                        LIMITS,
                        "git clone -q http://127.0.0.1:1/rondo/shop 2>&1;"
                                + " git ls-remote --get-url http://127.0.0.1:1/rondo/shop");
        assertThat(result.output())
                .contains("http://rondo.localhost/rondo/shop/info/refs not valid")
                .endsWith("http://rondo.localhost/rondo/shop\n");
    }

    @Test
    void otherPortsOfTheServerStayUnreachable() throws Exception {
        int port = other.getAddress().getPort();
        var result =
                rig.run(
                        Network.SERVED,
                        LIMITS,
                        ("for host in rondo.localhost 127.0.0.1 localhost 10.0.2.2 10.0.2.3 0.0.0.0;"
                                        + " do curl -s -m 3 http://$host:%d/ || echo refused; done;"
                                        + " for port in 22 81 443; do curl -s -m 3"
                                        + " http://rondo.localhost:$port || echo refused; done")
                                .formatted(port));
        assertThat(result.output()).isEqualTo("refused\n".repeat(9));
    }

    @Test
    void programsOfOtherNetworksDoNotReachTheServer() throws Exception {
        for (var network : new Network[] {Network.NONE, Network.OUTBOUND}) {
            var result =
                    rig.run(
                            network,
                            LIMITS,
                            "curl -s -m 3 http://rondo.localhost/ || echo refused");
            assertThat(result.output()).isEqualTo("refused\n");
        }
    }

    @Test
    void largeBodiesPassWholeInBothDirections() throws Exception {
        var result =
                rig.run(
                        Network.SERVED,
                        LIMITS,
                        "head -c 60000000 /dev/urandom > sent;"
                                + " curl -sS -H Expect: -T sent -X POST http://rondo.localhost/ > back;"
                                + " cmp sent back && stat -c %s back");
        assertThat(result.output()).isEqualTo("60000000\n");
    }

    @Test
    void manyConnectionsAtOnceAreAllAnswered() throws Exception {
        var result =
                rig.run(
                        Network.SERVED,
                        LIMITS,
                        "for i in $(seq 60); do curl -sS http://rondo.localhost/ & done; wait");
        assertThat(result.output()).isEqualTo("rondo\n".repeat(60));
    }

    @Test
    void aProgramCannotTakeThePortOfTheServer() throws Exception {
        var result =
                rig.run(
                        Network.SERVED,
                        LIMITS,
                        "perl -MSocket -e 'socket(S, PF_INET, SOCK_STREAM, 0);"
                                + " setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1);"
                                + " print bind(S, sockaddr_in(80, INADDR_ANY)) ? qq(taken\\n) : qq(refused\\n)'");
        assertThat(result.output()).isEqualTo("refused\n");
    }

    @Test
    void whatIsLedInsideIsReachedAtItsPortAndOnlyByThisProgram() throws Exception {
        var said = new ByteArrayOutputStream();
        var program =
                rig.program(
                        Network.SERVED,
                        LIMITS,
                        "curl -sS http://localhost:5432/; curl -sS http://rondo.localhost/;"
                                + " curl -sS http://127.0.0.1:81/");
        var led = Map.of(5432, other.getAddress(), 81, other.getAddress());
        sandbox.start(program, led, Output.merged(said::write)).await();
        assertThat(said).hasToString("secret\nrondo\nsecret\n");
        var without =
                rig.run(
                        Network.SERVED,
                        LIMITS,
                        "curl -s -m 3 http://localhost:5432/ || echo refused");
        assertThat(without.output()).isEqualTo("refused\n");
    }

    @Test
    void aDoorLeadsOnlyWhomItAdmitsAndUntilItIsClosed() throws Exception {
        var doors = sandbox.doors().orElseThrow();
        var here = InetAddress.getByName("127.0.0.2");
        try (var open = doors.open(here, from -> true);
                var shut = doors.open(here, from -> !from.isLoopbackAddress())) {
            String host = "127.0.0.2:" + open.address().getPort();
            assertThat(said("http://" + host)).isEqualTo("rondo\n");
            assertThat(doors.lead(host)).isTrue();
            assertThat(doors.lead("rondo.localhost:" + open.address().getPort())).isTrue();
            assertThat(doors.lead("127.0.0.1:" + open.address().getPort())).isFalse();
            assertThatThrownBy(() -> said("http://127.0.0.2:" + shut.address().getPort()))
                    .isInstanceOf(IOException.class);
            open.close();
            assertThat(doors.lead(host)).isFalse();
            assertThatThrownBy(() -> said("http://" + host)).isInstanceOf(IOException.class);
        }
    }

    private static String said(String address) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
