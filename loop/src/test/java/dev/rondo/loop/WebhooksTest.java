package dev.rondo.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.rondo.access.Access;
import dev.rondo.access.PasswordCost;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Reactor;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.phase.Spine;
import dev.rondo.store.Secrets;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.Json;
import dev.rondo.web.Outgoing;
import dev.rondo.web.Reach;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that leave, on a real database, to a real server on this machine. */
class WebhooksTest {

    private static final String SECRET = "sixteen letters and more";

    private record Received(String type, String id, String signature, String body) {}

    @TempDir Path folder;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer receiver;
    private Store store;
    private Journal journal;
    private Spine spine;
    private Reactor reactor;
    private WebhookStore hooks;
    private Webhooks webhooks;
    private Outgoing outgoing;

    @BeforeEach
    void open() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        receiver.createContext(
                "/",
                exchange -> {
                    var headers = exchange.getRequestHeaders();
                    var body = exchange.getRequestBody().readAllBytes();
                    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        exchange.sendResponseHeaders(503, -1);
                    } else {
                        received.add(
                                new Received(
                                        headers.getFirst("Content-Type"),
                                        headers.getFirst("webhook-id"),
                                        headers.getFirst("X-Hub-Signature-256"),
                                        new String(body, StandardCharsets.UTF_8)));
                        exchange.sendResponseHeaders(204, -1);
                    }
                    exchange.close();
                });
        receiver.start();
        store =
                Databases.open(
                        Databases.sqlite(),
                        List.of(
                                "dev/rondo/journal/db",
                                "dev/rondo/access/db",
                                "dev/rondo/loop/db"));
        journal = new Journal(store);
        var access = new Access(store, journal, new PasswordCost(8, 1));
        var texts = Texts.of("loop");
        spine =
                new Spine(
                        store,
                        journal,
                        null,
                        Secrets.open(folder.resolve("key.json")),
                        access,
                        null,
                        null,
                        new ProcessTelemetry(),
                        texts,
                        new Site(store, access, texts).live(),
                        (project, subject) -> Optional.empty(),
                        folder,
                        URI.create("http://rondo.example"));
        outgoing = new Outgoing(Reach.allowing("127.0.0.1"));
        hooks = new WebhookStore(spine);
        webhooks = new Webhooks(spine, hooks, outgoing);
        reactor = new Reactor(store, journal);
        reactor.start(List.of(webhooks.reaction()));
        webhooks.start();
    }

    @AfterEach
    void close() {
        webhooks.stop();
        reactor.close();
        outgoing.close();
        store.close();
        receiver.stop(0);
    }

    private void told(String version) {
        store.update(tx ->
                journal.append(
                        tx,
                        new Draft(
                                "shop",
                                Subject.of("release", version),
                                "olga",
                                new Fact.ReleaseRecalled(version, "bad"))));
    }

    private URI url(int port) {
        return URI.create("http://127.0.0.1:" + port + "/hook");
    }

    private int port() {
        return receiver.getAddress().getPort();
    }

    @Test
    void anEventLeavesAsASignedCloudEvent() {
        hooks.create("shop", url(port()), SECRET, Set.of("release.recalled"), "olga");
        told("1.0.0");
        await().until(() -> received.size() == 1);
        var one = received.getFirst();
        assertThat(one.type()).startsWith("application/cloudevents+json");
        assertThat(one.signature()).isEqualTo("sha256=" + Signature.hex(SECRET, one.body()));
        var event = Json.MAPPER.readTree(one.body());
        assertThat(event.path("specversion").asString()).isEqualTo("1.0");
        assertThat(event.path("id").asString()).isEqualTo(one.id());
        assertThat(event.path("type").asString()).isEqualTo("dev.rondo.release.recalled.v1");
        assertThat(event.path("source").asString()).isEqualTo("http://rondo.example/projects/shop");
        assertThat(event.path("subject").asString()).isEqualTo("release:1.0.0");
        assertThat(event.path("data").path("version").asString()).isEqualTo("1.0.0");
    }

    @Test
    void whatIsRefusedIsTriedAgainAndTheOrderIsKept() {
        refusals.set(1);
        hooks.create("shop", url(port()), SECRET, Set.of(), "olga");
        told("1.0.0");
        told("1.1.0");
        told("1.2.0");
        // The first pause is four seconds, and all that comes meanwhile waits behind it.
        await().atMost(java.time.Duration.ofSeconds(20)).until(() -> received.size() == 3);
        assertThat(received)
                .extracting(one -> Json.MAPPER.readTree(one.body()).path("subject").asString())
                .containsExactly("release:1.0.0", "release:1.1.0", "release:1.2.0");
    }

    @Test
    void aReceiverThatIsAwayHoldsUpNobodyElseAndItsQueueIsBounded() {
        var away = hooks.create("shop", url(1), SECRET, Set.of(), "olga");
        store.update(tx -> {
            var batch =
                    tx.sql()
                            .prepareBatch(
                                    "INSERT INTO loop_deliveries (webhook, seq, attempts, next_at,"
                                            + " state, answer) VALUES (?, ?, 1, ?, 'waiting', '')");
            for (int i = 1; i <= Webhooks.MOST_WAITING; i++) {
                batch.bind(0, away).bind(1, 1_000_000L + i).bind(2, Long.MAX_VALUE).add();
            }
            batch.execute();
        });
        hooks.create("shop", url(port()), SECRET, Set.of(), "olga");
        told("1.0.0");
        await().until(() -> received.size() == 1);
        var views = hooks.list("shop");
        assertThat(views.getFirst().waiting()).isEqualTo(Webhooks.MOST_WAITING);
        assertThat(views.getFirst().failed()).isEqualTo(1);
    }

    @Test
    void thePausesGrowAndEnd() {
        assertThat(Webhooks.pause(1)).isBetween(4_000_000L, 4_400_000L);
        assertThat(Webhooks.pause(4)).isBetween(256_000_000L, 282_000_000L);
        // Four and a half hours, and up to a tenth more by chance.
        assertThat(Webhooks.pause(60)).isBetween(16_384_000_000L, 18_022_400_000L);
    }

    @Test
    void theJournalsFiguresSayHowFarEachReactionIs() {
        var figures = new JournalFigures(spine, reactor);
        figures.write();
        told("1.0.0");
        told("1.1.0");
        await().untilAsserted(() -> {
            figures.write();
            assertThat(value(JournalFigures.EVENTS)).isEqualTo(2);
            assertThat(value(JournalFigures.LAG)).isZero();
            assertThat(value(JournalFigures.PARKED)).isZero();
        });
        store.update(tx ->
                tx.sql()
                        .execute(
                                "INSERT INTO journal_parked (reaction, seq, project, subject_kind,"
                                        + " subject_id, error, at)"
                                        + " VALUES ('webhooks', 1, 'shop', 'release', 'x', 'e', 1)"));
        figures.write();
        assertThat(value(JournalFigures.PARKED)).isEqualTo(1);
    }

    private double value(String figure) {
        return spine.telemetry().samples().stream()
                .filter(sample -> sample.name().equals(figure))
                .mapToDouble(dev.rondo.telemetry.Sample::value)
                .sum();
    }
}
