package dev.rondo.deploying.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.telemetry.ProcessTelemetry;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterStreamsTest {

    private static final Route.Service SHOP = new Route.Service("p", "shop", "test");

    private static final long BIG = 300L * 1024 * 1024;

    private final Router router = new Router("127.0.0.1", 0, false, new ProcessTelemetry());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void start() throws IOException {
        router.start();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        router.close();
    }

    @Test
    void largeBodiesStreamBothWaysWithLittleMemory() throws Exception {
        try (var peer =
                new Peer(
                        "big",
                        x -> {
                            long got =
                                    x.getRequestBody()
                                            .transferTo(java.io.OutputStream.nullOutputStream());
                            x.getResponseHeaders().add("X-Got", Long.toString(got));
                            x.sendResponseHeaders(200, 0);
                            new Zeros(BIG).transferTo(x.getResponseBody());
                        })) {
            route(Route.Protocol.HTTP1, peer.backend());
            long before = used();

            var answer =
                    client.send(
                            HttpRequest.newBuilder(uri("/"))
                                    .POST(
                                            HttpRequest.BodyPublishers.ofInputStream(
                                                    () -> new Zeros(BIG)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            long read = 0;
            long most = used();
            var buffer = new byte[1 << 16];
            try (var in = answer.body()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    read += n;
                    if (read % (BIG / 8) < n) {
                        most = Math.max(most, used());
                    }
                }
            }

            assertThat(answer.headers().firstValue("x-got")).contains(Long.toString(BIG));
            assertThat(read).isEqualTo(BIG);
            assertThat(most - before).isLessThan(100L * 1024 * 1024);
        }
    }

    private static long used() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void piecesOfAnEndlessAnswerArriveAsTheyAreSent() throws Exception {
        var next = new CountDownLatch(1);
        try (var peer =
                new Peer(
                        "events",
                        x -> {
                            x.sendResponseHeaders(200, 0);
                            x.getResponseBody().write("one\n".getBytes(StandardCharsets.UTF_8));
                            x.getResponseBody().flush();
                            await(next);
                            x.getResponseBody().write("two\n".getBytes(StandardCharsets.UTF_8));
                        })) {
            route(Route.Protocol.HTTP1, peer.backend());

            var answer =
                    client.send(
                            HttpRequest.newBuilder(uri("/")).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            var in = answer.body();

            assertThat(new String(in.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("one\n");
            next.countDown();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("two\n");
        }
    }

    @Test
    void webSocketPassesBothWays() throws Exception {
        try (var server = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> echoOverWebSocket(server));
            route(Route.Protocol.HTTP1, new Backend("ws", "127.0.0.1", server.getLocalPort()));
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            var socket =
                    client.newWebSocketBuilder()
                            .buildAsync(
                                    URI.create("ws://127.0.0.1:" + router.port() + "/chat"),
                                    new WebSocket.Listener() {
                                        @Override
                                        public CompletionStage<?> onText(
                                                WebSocket ws, CharSequence data, boolean last) {
                                            heard.add(data.toString());
                                            ws.request(1);
                                            return null;
                                        }
                                    })
                            .get(5, TimeUnit.SECONDS);

            for (var word : List.of("hello", "from", "Rondo")) {
                socket.sendText(word, true).get(5, TimeUnit.SECONDS);
                assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(word);
            }
            socket.abort();
        }
    }

    /** As much of RFC 6455 as an echo of short texts needs. */
    private static void echoOverWebSocket(ServerSocket server) {
        try (var socket = server.accept()) {
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            var head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) in.read());
            }
            var key =
                    head.toString()
                            .lines()
                            .filter(line -> line.toLowerCase().startsWith("sec-websocket-key:"))
                            .findFirst()
                            .orElseThrow()
                            .substring(18)
                            .strip();
            var accept =
                    Base64.getEncoder()
                            .encodeToString(
                                    MessageDigest.getInstance("SHA-1")
                                            .digest(
                                                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                                            .getBytes(StandardCharsets.UTF_8)));
            out.write(
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection:"
                                    + " Upgrade\r\nSec-WebSocket-Accept: "
                                    + accept
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            while (in.read() >= 0) {
                int length = in.read() & 0x7f;
                var mask = in.readNBytes(4);
                var text = in.readNBytes(length);
                for (int i = 0; i < length; i++) {
                    text[i] ^= mask[i % 4];
                }
                out.write(0x81);
                out.write(length);
                out.write(text);
                out.flush();
            }
        } catch (Exception gone) {
            // The client left.
        }
    }

    @Test
    void http2PassesToAnInstanceThatSpeaksHttp2() throws Exception {
        var server = new Server();
        var connector =
                new ServerConnector(
                        server, new HTTP2CServerConnectionFactory(new HttpConfiguration()));
        server.addConnector(connector);
        server.setHandler(
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        response.setTrailersSupplier(() ->
                                org.eclipse.jetty.http.HttpFields.build().put("grpc-status", "0"));
                        var text =
                                request.getConnectionMetaData().getProtocol()
                                        + " "
                                        + request.getHttpURI().getAuthority();
                        response.write(
                                true,
                                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                                callback);
                        return true;
                    }
                });
        server.start();
        var h2 =
                new org.eclipse.jetty.client.HttpClient(
                        new HttpClientTransportOverHTTP2(new HTTP2Client()));
        h2.start();
        try {
            route(Route.Protocol.H2C, new Backend("h2", "127.0.0.1", connector.getLocalPort()));

            var answer = h2.GET(uri("/service/Method"));

            assertThat(answer.getStatus()).isEqualTo(200);
            assertThat(answer.getContentAsString())
                    .isEqualTo("HTTP/2.0 127.0.0.1:" + connector.getLocalPort());
            assertThat(answer.getTrailers().get("grpc-status")).isEqualTo("0");
        } finally {
            h2.stop();
            server.stop();
        }
    }

    @Test
    void http2ClientReachesAnInstanceThatSpeaksHttp1() throws Exception {
        var h2 =
                new org.eclipse.jetty.client.HttpClient(
                        new HttpClientTransportOverHTTP2(new HTTP2Client()));
        h2.start();
        try (var peer =
                new Peer(
                        "echo",
                        x -> {
                            var body = new String(x.getRequestBody().readAllBytes());
                            Peer.say(x, 200, x.getRequestMethod() + " " + body);
                        })) {
            route(Route.Protocol.HTTP1, peer.backend());

            assertThat(h2.GET(uri("/")).getContentAsString()).isEqualTo("GET ");
            assertThat(
                            h2.POST(uri("/"))
                                    .body(
                                            new org.eclipse.jetty.client.StringRequestContent(
                                                    "hello"))
                                    .send()
                                    .getContentAsString())
                    .isEqualTo("POST hello");
        } finally {
            h2.stop();
        }
    }

    @Test
    void drainingRouterFinishesWhatIsUnderWay() throws Exception {
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var peer =
                new Peer(
                        "slow",
                        x -> {
                            arrived.countDown();
                            await(goOn);
                            Peer.say(x, 200, "done");
                        })) {
            route(Route.Protocol.HTTP1, peer.backend());
            var answer =
                    client.sendAsync(
                            HttpRequest.newBuilder(uri("/")).build(),
                            HttpResponse.BodyHandlers.ofString());
            arrived.await();

            var drain = Thread.ofVirtual().start(() -> router.drain(Duration.ofSeconds(10)));
            goOn.countDown();

            assertThat(answer.get(5, TimeUnit.SECONDS).body()).isEqualTo("done");
            drain.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void route(Route.Protocol protocol, Backend backend) {
        router.apply(
                new RouteTable(
                        List.of(
                                new Route(
                                        SHOP,
                                        "",
                                        "/",
                                        new Route.Options(
                                                protocol,
                                                false,
                                                false,
                                                Duration.ofSeconds(30),
                                                BIG),
                                        List.of(new Share("1", 100, List.of(backend)))))));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + router.port() + path);
    }

    /** So many zero bytes. */
    private static final class Zeros extends InputStream {

        private long left;

        Zeros(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (left <= 0) {
                return -1;
            }
            int length = (int) Math.min(most, left);
            left -= length;
            return length;
        }
    }
}
