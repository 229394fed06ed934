package dev.rondo.operating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.rondo.journal.Fact;
import dev.rondo.kits.Databases;
import dev.rondo.operating.ChannelSettings.Mail;
import dev.rondo.operating.ChannelSettings.Webhook;
import dev.rondo.operating.Incident.Place;
import dev.rondo.operating.Service.Care;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How people are told: a real web server and a real mail server at the other end. */
final class NotifierTest {

    private static final String SECRET = "a secret of more than 16 characters";

    /** What a webhook's receiver saw. */
    private record Received(String event, String delivery, String signature, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private Ground ground;
    private HttpServer receiver;

    @BeforeEach
    void open() throws Exception {
        ground = new Ground(Databases.sqlite());
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        receiver.createContext(
                "/",
                exchange -> {
                    var headers = exchange.getRequestHeaders();
                    received.add(
                            new Received(
                                    headers.getFirst("X-Rondo-Event"),
                                    headers.getFirst("X-Rondo-Delivery"),
                                    headers.getFirst("X-Hub-Signature-256"),
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8)));
                    int answer = answers.isEmpty() ? 204 : answers.removeFirst();
                    exchange.sendResponseHeaders(answer, -1);
                    exchange.close();
                });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
        ground.close();
    }

    private void configureWebhook() {
        var url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        ground.store.update(tx ->
                ChannelSettings.webhook(
                        tx, ground.spine.secrets(), "shop", new Webhook(url, SECRET)));
    }

    @Test
    void theWebhookIsSignedAndTriedAgainUnderTheSameId() {
        configureWebhook();
        answers.addAll(List.of(500, 503));
        ground.rolledBack("1.1.0", 0.2);
        await().until(() -> received.size() == 3);
        var last = received.getLast();
        assertThat(received).extracting(Received::delivery).containsOnly(last.delivery());
        assertThat(last.event()).isEqualTo("incident.opened");
        assertThat(last.signature()).isEqualTo("sha256=" + hmac(last.body()));
        assertThat(last.body()).contains("\"severity\":\"major\"").contains("/incidents/1");
        assertThat(sent("webhook")).containsExactly(true);
        assertThat(ground.events(1).getFirst().id()).isEqualTo(last.delivery());
    }

    @Test
    void whatIsNeverAcceptedIsGivenUpAndSaid() {
        configureWebhook();
        answers.addAll(IntStream.generate(() -> 500).limit(20).boxed().toList());
        ground.rolledBack("1.1.0", 0.2);
        assertThat(sent("webhook")).containsExactly(false);
        var page = ground.get("grace", "/projects/shop/operating/incidents/1");
        assertThat(page).contains("HTTP 500").contains("Could not tell 127.0.0.1 by Webhook");
    }

    @Test
    void thePersonOnCallGetsMailWithEvidenceAndLink() throws Exception {
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            configureMail(mail.getSmtp().getPort());
            ground.deployed("1.0.0");
            ground.heard();
            care(new Care(List.of("ada"), "grace", "", 15, "https://wiki.example/shop"));
            ground.rolledBack("1.1.0", 0.2);
            assertThat(mail.waitForIncomingEmail(15_000, 1)).isTrue();
            var message = mail.getReceivedMessages()[0];
            assertThat(message.getAllRecipients()[0]).hasToString("grace@example.org");
            assertThat(message.getSubject())
                    .isEqualTo("Incident 1 (major): shop 1.1.0 was rolled back in production");
            assertThat(message.getContent().toString())
                    .contains("40 of 200 requests failed")
                    .contains("https://rondo.example/projects/shop/operating/incidents/1")
                    .contains("https://wiki.example/shop");
            assertThat(sent("mail")).containsExactly(true);
        } finally {
            mail.stop();
        }
    }

    @Test
    void theMailServerThatRondoIsStartedWithWinsAndCannotBeChangedOnThePage() {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        server.setUser("rondo@example.org", "rondo", "onlyForMail");
        var mail =
                new Mail(
                        "127.0.0.1",
                        server.getSmtp().getPort(),
                        "none",
                        "rondo",
                        "onlyForMail",
                        "rondo@example.org");
        try (var own = new Ground(Databases.sqlite(), "", Optional.of(mail))) {
            own.store.update(tx ->
                    ChannelSettings.mail(
                            tx,
                            own.spine.secrets(),
                            new Mail("127.0.0.1", 1, "none", "", "", "wrong@example.org")));
            assertThat(own.post("ada", "/admin/mail/trial", "").statusCode()).isEqualTo(303);
            assertThat(server.waitForIncomingEmail(15_000, 1)).isTrue();
            assertThat(own.get("ada", "/admin/mail"))
                    .contains("Rondo was started with this mail server")
                    .contains("127.0.0.1:" + mail.port())
                    .doesNotContain("onlyForMail");
            var refused = own.post("ada", "/admin/mail", "host=x&port=25&security=none&sender=a@b");
            assertThat(refused.statusCode()).isEqualTo(409);
        } finally {
            server.stop();
        }
    }

    @Test
    void aWebhookIntoThePrivateNetworkIsRefusedWhenSavedAndWhenCalled() {
        try (var own = new Ground(Databases.sqlite(), "", Optional.empty())) {
            var url = "http://localhost:" + receiver.getAddress().getPort() + "/hook";
            var refused =
                    own.post(
                            "ada",
                            "/projects/shop/operating/notifications",
                            "url=" + url + "&secret=" + "s".repeat(20));
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("localhost").contains("webhook-allow");
            own.store.update(tx ->
                    ChannelSettings.webhook(
                            tx, own.spine.secrets(), "shop", new Webhook(url, SECRET)));
            own.rolledBack("1.1.0", 0.2);
            assertThat(sent(own, "webhook")).containsExactly(false);
            assertThat(own.get("grace", "/projects/shop/operating/incidents/1"))
                    .contains("webhook-allow");
            assertThat(received).isEmpty();
        }
    }

    private static String hmac(String body) {
        try {
            var mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDeadMailServerDoesNotHoldUpTheOthers() {
        configureMail(1);
        configureWebhook();
        ground.rolledBack("1.1.0", 0.2);
        assertThat(sent("webhook")).containsExactly(true);
        assertThat(sent("mail")).containsExactly(false);
    }

    @Test
    void theNextPersonIsCalledWhenNobodyAcknowledges() {
        configureWebhook();
        ground.alert("errors", "1.1.0", 0.1);
        ground.incident(1);
        ground.store.update(
                tx -> tx.sql().execute("UPDATE operating_incidents SET escalate_at = 1"));
        ground.post("grace", "/projects/shop/operating/incidents/1/notes", "note=looking");
        await().atMost(Duration.ofSeconds(25))
                .until(() ->
                        received.stream().anyMatch(it -> it.event().equals("incident.escalated")));
        assertThat(ground.events(1))
                .anySatisfy(event -> assertThat(event.payload()).contains("nobody answered"));
        assertThat(received.stream().filter(it -> it.event().equals("incident.escalated")))
                .hasSize(1);
    }

    @Test
    void whoAcknowledgedIsNotFollowedByAnEscalation() {
        ground.alert("errors", "1.1.0", 0.1);
        ground.incident(1);
        ground.post("grace", "/projects/shop/operating/incidents/1/acknowledgement", "");
        var late = ground.store.read(sql -> IncidentStore.toEscalate(sql, Long.MAX_VALUE));
        assertThat(late).isEmpty();
    }

    private void configureMail(int port) {
        var settings = new Mail("127.0.0.1", port, "none", "", "", "rondo@example.org");
        ground.store.update(tx -> ChannelSettings.mail(tx, ground.spine.secrets(), settings));
    }

    private void care(Care care) {
        var place = new Place("shop", "production");
        ground.store.update(tx -> ServiceStore.care(tx, "shop", place, care));
    }

    /** Waits until a channel has said how it went. */
    private List<Boolean> sent(String channel) {
        return sent(ground, channel);
    }

    private static List<Boolean> sent(Ground ground, String channel) {
        return await().until(
                        () ->
                                ground.events(1).stream()
                                        .map(event -> event.fact())
                                        .filter(Fact.NotificationSent.class::isInstance)
                                        .map(Fact.NotificationSent.class::cast)
                                        .filter(fact -> fact.channel().equals(channel))
                                        .map(Fact.NotificationSent::delivered)
                                        .toList(),
                        list -> !list.isEmpty());
    }
}
