package dev.rondo.deploying.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP/1.1 server that stands for an instance. */
final class Peer implements AutoCloseable {

    private final HttpServer server;
    final String id;
    final AtomicInteger asked = new AtomicInteger();

    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    Peer(String id, Answer answer) throws IOException {
        this.id = id;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    try (exchange) {
                        answer.give(exchange);
                    }
                });
        server.start();
    }

    static Peer saying(String id) throws IOException {
        return new Peer(id, exchange -> say(exchange, 200, id));
    }

    static void say(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    Backend backend() {
        return new Backend(id, "127.0.0.1", server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A port on which nothing listens. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
