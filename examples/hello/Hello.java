import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service in one file: says hello, in a few languages, and how it is. */
public final class Hello {
    static final String VERSION = "1.0.0";
    static final List<String> WORDS = List.of("Hello", "Hallo", "Bonjour", "Hola");

    private final ExecutorService workers = Executors.newFixedThreadPool(8);
    private final HttpServer server;

    Hello(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 256);
        server.createContext("/", this::answer);
        server.setExecutor(workers);
    }

    public static void main(String[] args) throws IOException {
        var port = System.getenv().getOrDefault("PORT", "3000");
        var hello = new Hello(Integer.parseInt(port));
        Runtime.getRuntime().addShutdownHook(new Thread(hello::stop));
        hello.start();
        System.out.println("hello " + VERSION + " listens on port " + hello.port());
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void stop() {
        server.stop(1);
        workers.shutdownNow();
    }

    static String greeting(String name) {
        var clean = name.isBlank() ? "world" : name.strip();
        return WORDS.get(0) + ", " + clean.substring(0, Math.min(clean.length(), 40)) + "!";
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        try {
            if (path.equals("/healthz")) {
                send(exchange, 200, "{\"status\":\"ok\",\"version\":\"" + VERSION + "\"}");
            } else if (path.equals("/")) {
                send(exchange, 200, greeting(""));
            } else if (path.startsWith("/hello/")) {
                send(exchange, 200, greeting(path.substring("/hello/".length())));
            } else {
                send(exchange, 404, "There is nothing here.");
            }
        } catch (RuntimeException broken) {
            System.err.println(path + ": " + broken);
            send(exchange, 500, "Something broke on our side.");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        var type = text.startsWith("{") ? "application/json" : "text/plain; charset=utf-8";
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
