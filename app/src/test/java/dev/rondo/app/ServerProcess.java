package dev.rondo.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A Rondo in a process of its own, that can be killed and started again on the same data. */
final class ServerProcess {

    private static final Pattern SETUP = Pattern.compile("/setup\\?secret=(\\S+)");

    private final Path data;
    private final int port = freePort();
    private final int routerPort = freePort();
    private final StringBuffer output = new StringBuffer();
    private Process process;

    ServerProcess(Path data) throws IOException {
        this.data = data;
        this.process = launch();
        awaitReady();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    URI router() {
        return URI.create("http://127.0.0.1:" + routerPort);
    }

    private Process launch() throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx400m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Drondo.home=" + TidyTest.root(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "up",
                                "--data",
                                data.toString(),
                                "--port",
                                String.valueOf(port),
                                "--router-port",
                                String.valueOf(routerPort),
                                "--stop-instances"));
        var started = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread.ofVirtual()
                .start(() -> {
                    try (var lines = started.inputReader(StandardCharsets.UTF_8)) {
                        lines.lines().forEach(line -> output.append(line).append('\n'));
                    } catch (IOException | java.io.UncheckedIOException ended) {
                        output.append("(its output has ended)\n");
                    }
                });
        return started;
    }

    private void awaitReady() {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (var http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < until && process.isAlive()) {
                if (ready(http)) {
                    return;
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("the server does not get ready:\n" + output);
    }

    private boolean ready(HttpClient http) throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(url() + "/readyz"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    String setupSecret() {
        var matcher = SETUP.matcher(output);
        if (!matcher.find()) {
            throw new AssertionError("no link for the first account:\n" + output);
        }
        return matcher.group(1);
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void restart() throws IOException {
        output.append("--- restarted ---\n");
        process = launch();
        awaitReady();
    }

    /** SIGTERM, and patience. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the server does not stop:\n" + output);
        }
    }

    String output() {
        return output.toString();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
