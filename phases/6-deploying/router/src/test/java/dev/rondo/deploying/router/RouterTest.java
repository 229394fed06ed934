package dev.rondo.deploying.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.telemetry.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterTest {

    private static final Route.Service SHOP = new Route.Service("p", "shop", "test");

    private final ProcessTelemetry telemetry = new ProcessTelemetry();
    private final Router router = new Router("127.0.0.1", 0, false, telemetry);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Peer> peers = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        router.start();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        router.close();
        peers.forEach(Peer::close);
    }

    @Test
    void requestGoesToTheHostsServiceByTheLongestPath() throws Exception {
        var shop = peer("shop");
        var api = peer("api");
        var any = peer("any");
        router.apply(
                new RouteTable(
                        List.of(
                                route("*.localhost", "/", shop),
                                route("*.localhost", "/api", api),
                                route("", "/", any))));

        assertThat(body("shop.localhost", "/")).isEqualTo("shop");
        assertThat(body("shop.localhost", "/api")).isEqualTo("api");
        assertThat(body("shop.localhost", "/api/orders/1?x=%2F")).isEqualTo("api");
        assertThat(body("shop.localhost", "/apish")).isEqualTo("shop");
        assertThat(body("127.0.0.1", "/")).isEqualTo("any");
    }

    @Test
    void pathAndQueryArriveAsTheyWereSentAndThePrefixIsStripped() throws Exception {
        var echo = add(new Peer("echo", x -> Peer.say(x, 200, x.getRequestURI().toString())));
        router.apply(
                new RouteTable(
                        List.of(
                                new Route(
                                        SHOP,
                                        "",
                                        "/shop",
                                        options(Route.Protocol.HTTP1, true, false),
                                        List.of(share("1", 100, echo))))));

        assertThat(body("127.0.0.1", "/shop/a%2Fb/%C3%BC?q=a+b&c=%26"))
                .isEqualTo("/a%2Fb/%C3%BC?q=a+b&c=%26");
        assertThat(body("127.0.0.1", "/shop")).isEqualTo("/");
        assertThat(get("127.0.0.1", "/other").statusCode()).isEqualTo(404);
    }

    @Test
    void tenPercentIsOneRequestOfEachTen() throws Exception {
        router.apply(table(share("old", 90, peer("old")), share("new", 10, peer("new"))));

        for (int window = 0; window < 20; window++) {
            int fresh = 0;
            for (int i = 0; i < 10; i++) {
                fresh += body("127.0.0.1", "/").equals("new") ? 1 : 0;
            }
            assertThat(fresh).isEqualTo(1);
        }
    }

    @Test
    void instancesOfAVersionTakeTurns() throws Exception {
        var one = peer("one");
        var two = peer("two");
        router.apply(table(share("1", 100, one, two)));

        for (int i = 0; i < 10; i++) {
            get("127.0.0.1", "/");
        }

        assertThat(one.asked).hasValue(5);
        assertThat(two.asked).hasValue(5);
    }

    @Test
    void stickyClientStaysWhereItWasAnswered() throws Exception {
        var shares =
                List.of(share("1", 50, peer("a"), peer("b")), share("2", 50, peer("c"), peer("d")));
        router.apply(
                new RouteTable(
                        List.of(
                                new Route(
                                        SHOP,
                                        "",
                                        "/",
                                        options(Route.Protocol.HTTP1, false, true),
                                        shares))));
        var first = get("127.0.0.1", "/");
        var cookie = first.headers().firstValue("set-cookie").orElseThrow().split(";")[0];

        for (int i = 0; i < 12; i++) {
            var again = get("127.0.0.1", "/", "Cookie", "x=1; " + cookie);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().firstValue("set-cookie")).isEmpty();
        }
    }

    @Test
    void deadInstanceCostsNoRequest() throws Exception {
        var dead = new Backend("dead", "127.0.0.1", Peer.freePort());
        var alive = peer("alive");
        router.apply(
                new RouteTable(
                        List.of(
                                route(
                                        "",
                                        "/",
                                        List.of(
                                                new Share(
                                                        "1",
                                                        100,
                                                        List.of(dead, alive.backend())))))));

        for (int i = 0; i < 20; i++) {
            assertThat(get("127.0.0.1", "/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void noInstanceIs503AndNoneThatAnswersIs502AndSilenceIs504() throws Exception {
        var release = new CountDownLatch(1);
        var silent =
                add(
                        new Peer(
                                "silent",
                                x -> {
                                    try {
                                        release.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                }));
        router.apply(
                new RouteTable(
                        List.of(
                                route("", "/none", List.of(new Share("1", 100, List.of()))),
                                route(
                                        "",
                                        "/dead",
                                        List.of(
                                                new Share(
                                                        "1",
                                                        100,
                                                        List.of(
                                                                new Backend(
                                                                        "dead",
                                                                        "127.0.0.1",
                                                                        Peer.freePort()))))),
                                new Route(
                                        SHOP,
                                        "",
                                        "/silent",
                                        new Route.Options(
                                                Route.Protocol.HTTP1,
                                                false,
                                                false,
                                                Duration.ofMillis(300),
                                                1000),
                                        List.of(share("1", 100, silent))))));

        assertThat(get("127.0.0.1", "/none").statusCode()).isEqualTo(503);
        assertThat(get("127.0.0.1", "/dead").statusCode()).isEqualTo(502);
        var late = get("127.0.0.1", "/silent", "Accept", "text/html", "Accept-Language", "de");
        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.body()).contains("<html lang=\"de\">").contains("zu lange");
        release.countDown();
        var tooLong =
                client.send(
                        HttpRequest.newBuilder(uri("/silent"))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2000]))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(tooLong.statusCode()).isEqualTo(413);
    }

    @Test
    void hopHeadersStayAndForwardedOnesAreOurs() throws Exception {
        var seen = new HashMap<String, List<String>>();
        var peer =
                add(
                        new Peer(
                                "echo",
                                x -> {
                                    seen.putAll(x.getRequestHeaders());
                                    x.getResponseHeaders().add("X-App", "yes");
                                    x.getResponseHeaders().add("Keep-Alive", "timeout=1");
                                    Peer.say(x, 200, "ok");
                                }));
        router.apply(table(share("1", 100, peer)));

        var answer =
                get(
                        "127.0.0.1",
                        "/",
                        "X-Forwarded-For",
                        "6.6.6.6",
                        "TE",
                        "gzip",
                        "X-Mine",
                        "1",
                        "Forwarded",
                        "for=6.6.6.6");

        assertThat(seen.get("X-forwarded-for")).containsExactly("127.0.0.1");
        assertThat(seen.get("X-forwarded-proto")).containsExactly("http");
        assertThat(seen.get("X-forwarded-host")).containsExactly("127.0.0.1:" + router.port());
        assertThat(seen.get("Host")).containsExactly("127.0.0.1:" + router.port());
        assertThat(seen).containsKey("X-mine").doesNotContainKeys("Te", "Forwarded");
        assertThat(answer.headers().firstValue("x-app")).contains("yes");
        assertThat(answer.headers().firstValue("keep-alive")).isEmpty();
    }

    @Test
    void swappingAllInstancesUnderLoadDropsNoRequest() throws Exception {
        var bad = new ConcurrentLinkedQueue<String>();
        var good = new AtomicInteger();
        var running = new AtomicBoolean(true);
        var old = peer("old");
        router.apply(table(share("old", 100, old)));
        var load = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            load.add(Thread.ofVirtual().start(() -> ask(running, good, bad)));
        }
        for (int round = 0; round < 10; round++) {
            int before = good.get();
            Awaitility.await().until(() -> good.get() > before + 100);
            var next = peer("v" + round);
            router.apply(table(share("v" + round, 100, next)));
            var leaving = old.backend();
            Awaitility.await().until(() -> router.inFlight(leaving) == 0);
            peers.remove(old);
            old.close();
            old = next;
        }
        running.set(false);
        for (var thread : load) {
            thread.join();
        }

        assertThat(bad).isEmpty();
        assertThat(good).hasValueGreaterThan(1000);
    }

    private void ask(AtomicBoolean running, AtomicInteger good, Queue<String> bad) {
        while (running.get()) {
            try {
                var answer =
                        client.send(
                                HttpRequest.newBuilder(uri("/"))
                                        .POST(HttpRequest.BodyPublishers.ofString("hello"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    good.incrementAndGet();
                } else {
                    bad.add(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException | InterruptedException failed) {
                bad.add(failed.toString());
            }
        }
    }

    @Test
    void whatIsAnsweredIsMeasuredByVersionAndNormalisedPath() throws Exception {
        var peer =
                add(
                        new Peer(
                                "p",
                                x ->
                                        Peer.say(
                                                x,
                                                x.getRequestURI().getPath().endsWith("7")
                                                        ? 500
                                                        : 200,
                                                "x")));
        router.apply(table(share("1.0.0", 100, peer)));

        for (int i = 0; i < 10; i++) {
            get("127.0.0.1", "/orders/" + i + "?page=" + i);
        }

        Awaitility.await()
                .untilAsserted(() -> {
                    assertThat(count("/orders/:id", "2xx")).isEqualTo(9);
                    assertThat(count("/orders/:id", "5xx")).isEqualTo(1);
                });
        assertThat(telemetry.samples())
                .anyMatch(s ->
                        s.name().equals("rondo_router_request_seconds_count")
                                && s.labels()
                                        .pairs()
                                        .equals(
                                                Map.of(
                                                        "project", "p",
                                                        "service", "shop",
                                                        "environment", "test",
                                                        "version", "1.0.0"))
                                && s.value() == 10);
    }

    private double count(String route, String code) {
        return telemetry.samples().stream()
                .filter(s -> s.name().equals("rondo_router_requests_total"))
                .filter(s -> s.labels().get("route").equals(route))
                .filter(s -> s.labels().get("code").equals(code))
                .filter(s -> s.labels().get("version").equals("1.0.0"))
                .mapToDouble(Sample::value)
                .sum();
    }

    private Peer peer(String id) throws IOException {
        return add(Peer.saying(id));
    }

    private Peer add(Peer peer) {
        peers.add(peer);
        return peer;
    }

    private static Share share(String version, int weight, Peer... peers) {
        return new Share(
                version, weight, java.util.Arrays.stream(peers).map(Peer::backend).toList());
    }

    private static RouteTable table(Share... shares) {
        return new RouteTable(List.of(route("", "/", List.of(shares))));
    }

    private static Route route(String host, String path, Peer peer) {
        return route(host, path, List.of(share("1", 100, peer)));
    }

    private static Route route(String host, String path, List<Share> shares) {
        return new Route(SHOP, host, path, Route.Options.STANDARD, shares);
    }

    private static Route.Options options(
            Route.Protocol protocol, boolean stripPath, boolean sticky) {
        return new Route.Options(protocol, stripPath, sticky, Duration.ofSeconds(5), 1 << 20);
    }

    private String body(String host, String path) throws Exception {
        return get(host, path).body();
    }

    private HttpResponse<String> get(String host, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(uri(path)).header("Host", host + ":" + router.port());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + router.port() + path);
    }
}
