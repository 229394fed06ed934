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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A Rondo in a process of its own, that can be killed and started again on the same data. */
final class ServerProcess {

    private static final Pattern SETUP = Pattern.compile("/setup\\?secret=(\\S+)");

    private final Path data;
    private final List<String> options;
    private final List<String> flags;
    private final int port = freePort();
    private final int routerPort = freePort();
    private final StringBuffer output = new StringBuffer();
    private Process process;

    ServerProcess(Path data, String... flags) throws IOException {
        this(data, List.of(), List.of(flags));
    }

    /** With options of the JVM, such as properties. */
    ServerProcess(Path data, List<String> options, List<String> flags) throws IOException {
        this.data = data;
        this.options = new ArrayList<>(options);
        this.options.add("-Xmx400m");
        this.flags = flags;
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
        var arguments =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--data",
                                data.toString(),
                                "--port",
                                String.valueOf(port),
                                "--router-port",
                                String.valueOf(routerPort),
                                "--stop-instances"));
        arguments.addAll(flags);
        var started = program(options, arguments).redirectErrorStream(true).start();
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

    /**
     * The program as it is packed, by its launcher; with the first compiler alone, since few tests
     * last until the second one pays.
     */
    static ProcessBuilder program(List<String> options, List<String> arguments) {
        var command = new ArrayList<>(List.of(TidyTest.root().resolve("rondo").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put("RONDO_JAVA_OPTS", "-XX:TieredStopAtLevel=1 " + String.join(" ", options));
        return builder;
    }

    private void awaitReady() {
        long until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
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

    /** It is said on the console as soon as the server is ready. */
    String setupSecret() {
        return Awaitility.await("link for the first account")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> SETUP.matcher(output).results().findFirst(), Optional::isPresent)
                .orElseThrow()
                .group(1);
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

    /** SIGTERM, and patience; the exit code. */
    int stop() throws InterruptedException {
        // By its handle: the process itself would close its output, which is still to be read.
        process.toHandle().destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the server does not stop:\n" + output);
        }
        return process.exitValue();
    }

    String output() {
        return output.toString();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
