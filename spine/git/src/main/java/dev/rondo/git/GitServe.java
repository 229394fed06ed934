package dev.rondo.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a folder of bare repositories over HTTP, without projects or accounts: what {@code rondo
 * git serve} does. Whoever reaches the port may read and write, unless one user is named.
 */
public final class GitServe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GitServe.class);
    private static final List<String> RESOURCES =
            List.of("/info/refs", "/git-upload-pack", "/git-receive-pack");

    private final Server server;
    private final ServerConnector connector;

    /**
     * Starts listening. The repositories stay open when the server is closed.
     *
     * @param prefix the path before the repositories' names, such as {@code /git}; empty for none
     * @param user {@code NAME:PASSWORD}, or empty for everybody
     * @throws IOException when the port cannot be had
     */
    public GitServe(
            Repositories repositories, InetSocketAddress address, String prefix, String user)
            throws IOException {
        this.server = new Server(new QueuedThreadPool(200));
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setOutputBufferSize(64 << 10);
        this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(300_000);
        server.addConnector(connector);
        server.setHandler(new Door(repositories, prefix.replaceFirst("/+$", ""), user));
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("cannot listen on " + address, e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Waits until the server is stopped. */
    public void await() throws InterruptedException {
        server.join();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the git server did not stop cleanly", e);
        }
    }

    /** Lets in who may come in, and finds the repository. */
    private static final class Door extends Handler.Abstract {

        private final Repositories repositories;
        private final String prefix;
        private final byte[] user;

        Door(Repositories repositories, String prefix, String user) {
            this.repositories = repositories;
            this.prefix = prefix;
            this.user = user.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            String path = Optional.ofNullable(request.getHttpURI().getDecodedPath()).orElse("/");
            String resource = RESOURCES.stream().filter(path::endsWith).findFirst().orElse("");
            var exchange = new JettyExchange(request, response, resource, userName(request));
            if (!mayEnter(request)) {
                response.getHeaders().put("WWW-Authenticate", "Basic realm=\"Rondo\"");
                SmartHttp.refuse(exchange, HttpStatus.UNAUTHORIZED_401, "wrong user or password");
            } else {
                var repository = named(path, resource);
                if (repository.isEmpty()) {
                    SmartHttp.refuse(exchange, HttpStatus.NOT_FOUND_404, "no such repository here");
                } else {
                    repositories
                            .http()
                            .answer(exchange, repository.get().folder(), PushRules.none());
                }
            }
            callback.succeeded();
            return true;
        }

        private Optional<GitRepository> named(String path, String resource) {
            int end = path.length() - resource.length();
            return resource.isEmpty() || !path.startsWith(prefix + "/") || end <= prefix.length()
                    ? Optional.empty()
                    : repositories.find(path.substring(prefix.length() + 1, end));
        }

        private boolean mayEnter(Request request) {
            return user.length == 0
                    || credentials(request).filter(c -> MessageDigest.isEqual(c, user)).isPresent();
        }

        private static String userName(Request request) {
            return credentials(request)
                    .map(c -> new String(c, StandardCharsets.UTF_8).split(":", 2)[0])
                    .filter(name -> !name.isEmpty())
                    .orElse("anonymous");
        }

        private static Optional<byte[]> credentials(Request request) {
            String header = request.getHeaders().get("Authorization");
            if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
                return Optional.empty();
            }
            try {
                return Optional.of(Base64.getDecoder().decode(header.substring(6).strip()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    private static final class JettyExchange implements GitExchange {

        private final Request request;
        private final Response response;
        private final String resource;
        private final String user;
        private @Nullable Fields query;

        JettyExchange(Request request, Response response, String resource, String user) {
            this.request = request;
            this.response = response;
            this.resource = resource;
            this.user = user;
        }

        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String resource() {
            return resource;
        }

        @Override
        public Optional<String> parameter(String name) {
            if (query == null) {
                query = Request.extractQueryParameters(request);
            }
            return Optional.ofNullable(query.getValue(name));
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(request.getHeaders().get(name));
        }

        @Override
        public String user() {
            return user;
        }

        @Override
        public InputStream body() {
            return Content.Source.asInputStream(request);
        }

        @Override
        public void status(int code) {
            response.setStatus(code);
        }

        @Override
        public void header(String name, String value) {
            response.getHeaders().put(name, value);
        }

        @Override
        public OutputStream answer() {
            return Content.Sink.asOutputStream(response);
        }
    }
}
