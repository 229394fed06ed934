package dev.rondo.kits.machine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Git's own {@code http-backend} over a folder of repositories, as a server on the loopback. */
public final class GitServer implements AutoCloseable {
    private final Path root;
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Optional<String> authorization;

    /** Shows all to everybody. */
    public GitServer(Path root) throws IOException {
        this(root, Optional.empty());
    }

    /**
     * @param authorization the header without which it shows nothing
     */
    public GitServer(Path root, Optional<String> authorization) throws IOException {
        this.root = root;
        this.authorization = authorization;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The paths that were asked for. */
    public List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange http) throws IOException {
        try (http) {
            String path = http.getRequestURI().getPath();
            asked.add(path);
            String said = http.getRequestHeaders().getFirst("Authorization");
            if (authorization.isPresent() && !authorization.get().equals(said)) {
                http.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                http.sendResponseHeaders(401, -1);
                return;
            }
            var builder = new ProcessBuilder("git", "http-backend");
            var env = builder.environment();
            env.put("GIT_PROJECT_ROOT", root.toString());
            env.put("GIT_HTTP_EXPORT_ALL", "1");
            env.put("PATH_INFO", path.replaceFirst("^(/[^/]+/[^/.]+)(/.*)?$", "$1.git$2"));
            env.put("REQUEST_METHOD", http.getRequestMethod());
            put(builder, "QUERY_STRING", http.getRequestURI().getRawQuery());
            put(builder, "CONTENT_TYPE", http.getRequestHeaders().getFirst("Content-Type"));
            put(builder, "GIT_PROTOCOL", http.getRequestHeaders().getFirst("Git-Protocol"));
            put(
                    builder,
                    "HTTP_CONTENT_ENCODING",
                    http.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] body = http.getRequestBody().readAllBytes();
            env.put("CONTENT_LENGTH", String.valueOf(body.length));
            Process git = builder.start();
            try (var to = git.getOutputStream()) {
                to.write(body);
            }
            try (var from = new BufferedInputStream(git.getInputStream())) {
                http.sendResponseHeaders(status(http, from), 0);
                from.transferTo(http.getResponseBody());
            }
        }
    }

    private static void put(ProcessBuilder builder, String name, @Nullable String value) {
        builder.environment().put(name, Optional.ofNullable(value).orElse(""));
    }

    private static int status(HttpExchange http, InputStream from) throws IOException {
        int status = 200;
        while (true) {
            var line = new StringBuilder();
            for (int c = from.read(); c >= 0 && c != '\n'; c = from.read()) {
                line.append((char) c);
            }
            String header = line.toString().strip();
            if (header.isEmpty()) {
                return status;
            }
            String[] parts = header.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                http.getResponseHeaders()
                        .add(
                                parts[0],
                                new String(
                                        parts[1].getBytes(StandardCharsets.ISO_8859_1),
                                        StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
