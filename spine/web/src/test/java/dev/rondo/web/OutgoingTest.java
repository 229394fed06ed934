package dev.rondo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingTest {

    private record Received(String path, Headers headers, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        receiver.createContext(
                "/",
                exchange -> {
                    var body = exchange.getRequestBody().readAllBytes();
                    var path = exchange.getRequestURI().getPath();
                    received.add(
                            new Received(
                                    path,
                                    exchange.getRequestHeaders(),
                                    new String(body, StandardCharsets.UTF_8)));
                    if (path.equals("/moved")) {
                        exchange.getResponseHeaders().set("Location", "/elsewhere");
                        exchange.sendResponseHeaders(302, -1);
                    } else {
                        exchange.sendResponseHeaders(204, -1);
                    }
                    exchange.close();
                });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    private Outgoing.Delivery to(String host, String path, String secret) {
        var url = URI.create("http://" + host + ":" + receiver.getAddress().getPort() + path);
        return new Outgoing.Delivery(
                url, secret, "event-1", "application/json", Map.of("X-Rondo-Event", "e"), "{ü}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "0.0.0.0"})
    void thisMachineIsNotCalledUnlessItIsAllowed(String host) {
        try (var outgoing = new Outgoing(Reach.PUBLIC)) {
            assertThat(outgoing.allows(URI.create("http://" + host + "/"))).isFalse();
            assertThatThrownBy(() -> outgoing.post(to(host, "/hook", "secret")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("webhook-allow");
            assertThat(received).isEmpty();
        }
    }

    @Test
    void whatAnAdministratorAllowsIsCalledAndSignedInBothWays() throws Exception {
        var secret = "whsec_" + Base64.getEncoder().encodeToString("0123456789".getBytes());
        try (var outgoing = new Outgoing(Reach.allowing("10.0.0.0/8, 127.0.0.1"))) {
            assertThat(outgoing.post(to("127.0.0.1", "/hook", secret))).isEqualTo(204);
        }
        var one = received.getFirst();
        assertThat(one.body()).isEqualTo("{ü}");
        assertThat(one.headers().getFirst("X-Rondo-Event")).isEqualTo("e");
        assertThat(one.headers().getFirst("webhook-id")).isEqualTo("event-1");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("0123456789".getBytes(), "HmacSHA256"));
        var signed = "event-1." + one.headers().getFirst("webhook-timestamp") + ".{ü}";
        assertThat(one.headers().getFirst("webhook-signature"))
                .isEqualTo(
                        "v1,"
                                + Base64.getEncoder()
                                        .encodeToString(
                                                mac.doFinal(
                                                        signed.getBytes(StandardCharsets.UTF_8))));
        assertThat(one.headers().getFirst("X-Hub-Signature-256")).startsWith("sha256=");
    }

    @Test
    void aHostMayBeAllowedByName() throws Exception {
        try (var outgoing = new Outgoing(Reach.allowing("localhost"))) {
            assertThat(outgoing.post(to("localhost", "/hook", "secret"))).isEqualTo(204);
            assertThatThrownBy(() -> outgoing.post(to("127.0.0.1", "/hook", "secret")))
                    .hasMessageContaining("webhook-allow");
        }
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        try (var outgoing = new Outgoing(Reach.allowing("127.0.0.0/8"))) {
            assertThat(outgoing.post(to("127.0.0.1", "/moved", "secret"))).isEqualTo(302);
        }
        assertThat(received).extracting(Received::path).containsExactly("/moved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::"
            })
    void noPrivateAddressIsWithinReach(String address) throws IOException {
        assertThat(Reach.PUBLIC.allows("x", InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "11.0.0.1",
                "2606:4700::1111",
                "64:ff9b::808:808",
                "2002:808:808::"
            })
    void thePublicInternetIs(String address) throws IOException {
        assertThat(Reach.PUBLIC.allows("x", InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "::/200", "a b;c", "256.1.1.1", "-x"})
    void aListThatCannotBeReadSaysWhichPart(String list) {
        assertThatThrownBy(() -> Reach.allowing(list)).isInstanceOf(IllegalArgumentException.class);
    }
}
