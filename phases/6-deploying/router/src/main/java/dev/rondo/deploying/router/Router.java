package dev.rondo.deploying.router;

import dev.rondo.telemetry.Telemetry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The traffic router. Apply the table before {@link #start()}, so that no request meets an empty
 * one. All methods may be called from any thread.
 */
public final class Router implements AutoCloseable {

    private static final int MOST_THREADS = 64;
    private static final int THREAD_IDLE_MILLIS = 60_000;
    private static final int MOST_HEADER_BYTES = 32 * 1024;
    private static final int MOST_CONNECTIONS_PER_INSTANCE = 512;
    private static final int MOST_WAITING_PER_INSTANCE = 2048;
    private static final Duration CLIENT_IDLE = Duration.ofSeconds(75);

    /** Below the five seconds after which Node.js closes a connection that nobody uses. */
    private static final Duration INSTANCE_IDLE = Duration.ofSeconds(4);

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final QueuedThreadPool threads =
            new QueuedThreadPool(MOST_THREADS, 4, THREAD_IDLE_MILLIS);

    private final Server server;
    private final ServerConnector connector;
    private final HttpClient http1;
    private final HttpClient h2c;
    private final Forwarder forwarder;

    /**
     * @param host the address to listen on, such as {@code 127.0.0.1} or {@code 0.0.0.0}
     * @param port the port to listen on; 0 takes a free one
     * @param trustsForwarded whether clients are proxies whose {@code X-Forwarded-} fields are true
     */
    public Router(String host, int port, boolean trustsForwarded, Telemetry telemetry) {
        threads.setName("router");
        server = new Server(threads);
        http1 = configured(new HttpClientTransportOverHTTP(connector()));
        h2c = configured(new HttpClientTransportOverHTTP2(new HTTP2Client(connector())));
        forwarder = new Forwarder(http1, h2c, new RouterFigures(telemetry), trustsForwarded);
        connector = listener(host, port);
        server.addConnector(connector);
        server.setHandler(forwarder);
        server.addBean(http1);
        server.addBean(h2c);
    }

    private ClientConnector connector() {
        var connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setConnectTimeout(CONNECT);
        connector.setSslContextFactory(trustingNobody());
        return connector;
    }

    /**
     * Instances are spoken to in plain text; the machine's certificates need not be read for it.
     */
    private static SslContextFactory.Client trustingNobody() {
        try {
            var nobody = KeyStore.getInstance(KeyStore.getDefaultType());
            nobody.load(null, null);
            var tls = new SslContextFactory.Client();
            tls.setTrustStore(nobody);
            return tls;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private HttpClient configured(HttpClientTransport transport) {
        transport.setInvocationType(InvocationType.NON_BLOCKING);
        var client = new HttpClient(transport);
        client.setExecutor(threads);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setIdleTimeout(INSTANCE_IDLE.toMillis());
        client.setConnectTimeout(CONNECT.toMillis());
        client.setDestinationIdleTimeout(Duration.ofMinutes(1).toMillis());
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS_PER_INSTANCE);
        client.setMaxRequestsQueuedPerDestination(MOST_WAITING_PER_INSTANCE);
        client.setMaxRequestHeadersSize(2 * MOST_HEADER_BYTES);
        client.setRequestBufferSize(4096);
        client.setMaxResponseHeadersSize(MOST_HEADER_BYTES);
        return client;
    }

    private ServerConnector listener(String host, int port) {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setRequestHeaderSize(MOST_HEADER_BYTES);
        configuration.setMaxResponseHeaderSize(MOST_HEADER_BYTES);
        configuration.setOutputBufferSize(MOST_HEADER_BYTES);
        // Paths go on as they came; which of them are sound is for the service to say.
        configuration.setUriCompliance(
                UriCompliance.DEFAULT.with(
                        "router",
                        UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                        UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                        UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                        UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                        UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));
        var h2 = new HTTP2CServerConnectionFactory(configuration);
        h2.setConnectProtocolEnabled(false);
        var listener =
                new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration), h2);
        listener.setHost(host);
        listener.setPort(port);
        listener.setIdleTimeout(CLIENT_IDLE.toMillis());
        listener.setAcceptQueueSize(1024);
        return listener;
    }

    /** From now on new requests follow this table; those on their way are not touched. */
    public void apply(RouteTable table) {
        forwarder.apply(table);
    }

    /** Begins to listen. */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException x) {
            throw x;
        } catch (Exception x) {
            throw new IOException("the router does not start: " + x.getMessage(), x);
        }
        for (var client : new HttpClient[] {http1, h2c}) {
            client.getContentDecoderFactories().clear();
            // Redirects and challenges are for the client; interim answers are still swallowed.
            client.getProtocolHandlers().remove("redirect");
            client.getProtocolHandlers().remove("www-authenticate");
            client.getProtocolHandlers().remove("proxy-authenticate");
            client.getProtocolHandlers().remove("upgrade");
        }
    }

    /** The port that is listened on, or a negative number before the start. */
    public int port() {
        return connector.getLocalPort();
    }

    /** How many requests are at this instance now; of one that no table names, it only falls. */
    public int inFlight(Backend backend) {
        return forwarder.inFlight(backend);
    }

    /** Takes no new connection, waits for the requests on their way, and stops. */
    public void drain(Duration most) {
        forwarder.drain();
        connector.shutdown();
        long end = System.nanoTime() + most.toNanos();
        try {
            while (forwarder.inFlight() > 0 && System.nanoTime() < end) {
                Thread.sleep(10);
            }
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception x) {
            throw new IllegalStateException("the router does not stop: " + x.getMessage(), x);
        }
    }
}
