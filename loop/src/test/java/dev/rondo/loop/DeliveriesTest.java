package dev.rondo.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rondo.access.Access;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Projects;
import dev.rondo.access.Tokens;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Reactor;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.phase.Spine;
import dev.rondo.store.Ids;
import dev.rondo.store.Secrets;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Outgoing;
import dev.rondo.web.Paging;
import dev.rondo.web.Reach;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single deliveries of webhooks: what is kept of each, what is shown, and one sent again. */
class DeliveriesTest {

    private static final String SECRET = "sixteen letters and more";
    private static final Paging FIRST = new Paging(Optional.empty(), false, 5_000);

    @TempDir Path folder;
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer receiver;
    private Store store;
    private Journal journal;
    private Reactor reactor;
    private Outgoing outgoing;
    private WebhookStore hooks;
    private Webhooks webhooks;
    private Web web;
    private String owner;
    private String reader;

    @BeforeEach
    void open() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        receiver.createContext("/", this::repeatSecrets);
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
        owner = token(access, "olga");
        reader = token(access, "rudi");
        var olga = new Caller("olga", "Olga", false, "", "", Caller.Means.SESSION, "");
        store.update(tx ->
                access.projects()
                        .create(tx, olga, new Projects.NewProject("shop", "Shop", "", "main")));
        access.projects().setRole("olga", "shop", "rudi", dev.rondo.access.Role.READER);
        var texts = Texts.of("loop", "access").strict();
        var site =
                new Site(store, access, texts)
                        .menu(
                                List.of(
                                        new MenuEntry(
                                                "loop",
                                                0,
                                                "loop.menu.webhooks",
                                                "/projects/{project}/webhooks",
                                                1,
                                                May.OWN)));
        var spine =
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
                        site.live(),
                        (project, subject) -> Optional.empty(),
                        folder,
                        URI.create("http://rondo.example"));
        outgoing = new Outgoing(Reach.allowing("127.0.0.1"));
        hooks = new WebhookStore(spine);
        webhooks = new Webhooks(spine, hooks, outgoing);
        web =
                new Web(
                                site,
                                routes -> {
                                    new WebhookPages(hooks, webhooks).routes(routes);
                                    new DeliveryPages(spine, webhooks).routes(routes);
                                })
                        .start("127.0.0.1", 0);
        reactor = new Reactor(store, journal);
        reactor.start(List.of(webhooks.reaction()));
        webhooks.start();
    }

    @AfterEach
    void close() {
        web.stop();
        webhooks.stop();
        reactor.close();
        outgoing.close();
        store.close();
        receiver.stop(0);
    }

    /** As careless receivers do: all that was sent comes back, and a cookie. */
    private void repeatSecrets(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var body = exchange.getRequestBody().readAllBytes();
        ids.add(headers.getFirst("webhook-id"));
        var answer =
                "secret "
                        + SECRET
                        + " signed "
                        + headers.getFirst("X-Hub-Signature-256")
                        + headers.getFirst("webhook-signature")
                        + " heard "
                        + body.length
                        + " and a zero \0";
        exchange.getResponseHeaders().add("Set-Cookie", "sid=hush");
        exchange.getResponseHeaders().add("X-Echo", headers.getFirst("X-Hub-Signature-256"));
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String token(Access access, String name) {
        access.accounts()
                .create("", new Accounts.NewAccount(name, "", "", "correct horse battery", false));
        return ((Outcome.Done<Tokens.Fresh>)
                        access.tokens().create(name, "test", Duration.ofDays(1)))
                .value()
                .secret();
    }

    private String hook(int port) {
        var url = URI.create("http://me:pssst@127.0.0.1:" + port + "/hook");
        return hooks.create("shop", url, SECRET, Set.of("release.recalled"), "olga");
    }

    private int port() {
        return receiver.getAddress().getPort();
    }

    private void told() {
        store.update(tx ->
                journal.append(
                        tx,
                        new Draft(
                                "shop",
                                Subject.of("release", "1.0.0"),
                                "olga",
                                new Fact.ReleaseRecalled("1.0.0", "bad"))));
    }

    private List<Attempt> attempts(String hook) {
        return store.read(sql -> Attempts.page(sql, hook, FIRST));
    }

    private HttpResponse<String> send(String method, String path, String token) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void whatCameBackIsKeptButNoSecretEvenIfTheReceiverRepeatsIt() throws Exception {
        var hook = hook(port());
        told();
        await().until(() -> attempts(hook).size() == 1);
        var one = attempts(hook).getFirst();
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.number()).isEqualTo(1);
        assertThat(one.took()).isPositive();
        assertThat(one.body()).startsWith("secret *** signed sha256=***v1,*** heard ");
        assertThat(one.headers()).contains("Set-Cookie: ***", "X-echo: sha256=***");
        var path = "/projects/shop/webhooks/" + hook + "/deliveries";
        var page = send("GET", path + "/" + one.id(), owner).body();
        assertThat(page)
                .contains("HTTP 200", "webhook-signature: ***", "release:1.0.0", "***@127.0.0.1")
                .doesNotContain(SECRET, "hush", "pssst", "⟦");
        assertThat(send("GET", "/api" + path + "/" + one.id(), owner).body())
                .contains("\"status\":200")
                .doesNotContain(SECRET, "hush", "pssst");
        assertThat(send("GET", path, owner).body())
                .contains(one.id() + "/attempts", "Try 1")
                .doesNotContain("pssst", "⟦");
        assertThat(send("GET", path, reader).statusCode()).isEqualTo(403);
        assertThat(send("GET", path + "/nothing", owner).statusCode()).isEqualTo(404);
    }

    @Test
    void aReceiverThatIsAwayLeavesAnAttemptThatSaysWhy() {
        var hook = hook(1);
        told();
        await().until(() -> attempts(hook).size() == 1);
        var one = attempts(hook).getFirst();
        assertThat(one.status()).isZero();
        assertThat(one.reason()).isEqualTo("refused");
        assertThat(one.delivered()).isFalse();
    }

    @Test
    void oneDeliveryIsSentAgainAsTheSameEventAndTheQueueTakesNote() throws Exception {
        status = 500;
        var hook = hook(port());
        told();
        await().until(() -> attempts(hook).size() == 1);
        status = 200;
        var path = "/api/projects/shop/webhooks/" + hook + "/deliveries/";
        var again = path + attempts(hook).getFirst().id() + "/attempts";
        assertThat(send("POST", again, reader).statusCode()).isEqualTo(403);
        assertThat(send("POST", again, owner).statusCode()).isEqualTo(202);
        await().until(() -> attempts(hook).size() == 2);
        assertThat(ids).hasSize(2);
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        var second = attempts(hook).getFirst();
        assertThat(second.account()).isEqualTo("olga");
        assertThat(second.status()).isEqualTo(200);
        assertThat(hooks.list("shop").getFirst().delivered()).isEqualTo(1);
        assertThat(hooks.list("shop").getFirst().waiting()).isZero();
        var left =
                store.read(sql ->
                        sql.createQuery("SELECT COUNT(*) FROM loop_repeats")
                                .mapTo(Long.class)
                                .one());
        assertThat(left).isZero();
    }

    @Test
    void whatIsKeptIsBoundedByNumberAndByAge() {
        var hook = hook(1);
        var now = Instant.now();
        store.update(tx -> {
            for (int i = 0; i < Attempts.MOST + 20; i++) {
                Attempts.add(tx, attempt(hook, i, now));
            }
        });
        assertThat(attempts(hook)).hasSize(Attempts.MOST);
        assertThat(attempts(hook).getFirst().seq()).isEqualTo(Attempts.MOST + 19);
        store.update(tx -> Attempts.add(tx, attempt(hook, 7, now.minus(Duration.ofDays(8)))));
        store.update(tx -> Attempts.forgetOld(tx, dev.rondo.store.Micros.of(now)));
        assertThat(attempts(hook)).hasSize(Attempts.MOST - 1);
        assertThat(hooks.delete("shop", hook, "olga")).isTrue();
        assertThat(attempts(hook)).isEmpty();
    }

    private static Attempt attempt(String hook, long seq, Instant at) {
        return new Attempt(
                Ids.next(), hook, seq, 1, at, Duration.ofMillis(3), 200, "", "", "", "", "");
    }
}
