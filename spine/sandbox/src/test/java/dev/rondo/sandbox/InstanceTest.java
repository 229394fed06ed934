package dev.rondo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Services: reachable over their port, alive beyond Rondo, gone when they are told to go. */
final class InstanceTest {

    /** Says bye when it is asked to end, which takes it a moment. */
    private static final String SERVER =
            """
            const server = require('http').createServer((q, a) => a.end('hello ' + process.env.GIVEN));
            server.listen(process.env.PORT, () => console.log('listening'));
            process.on('SIGTERM', () => setTimeout(() => { console.log('bye'); process.exit(0) }, 200));
            """;

    @TempDir Path data;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                Files.createDirectories(data.resolve("work")).resolve("server.js"), SERVER);
    }

    @AfterEach
    void nothingIsLeft() {
        try (var sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP)) {
            sandbox.sweep(Set.of());
        }
        assertThat(alive()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aServiceAnswersOnItsPortAndStops(Sandbox.Mode mode) throws Exception {
        try (var sandbox = Sandbox.open(data, mode)) {
            var instance = sandbox.launch(service("node", "server.js"));
            assertThat(get(instance.port())).isEqualTo("hello yes");
            assertThat(instance.reading().orElseThrow().processes()).isPositive();
            assertThat(instance.reading().orElseThrow().memoryBytes()).isPositive();
            instance.stop(Duration.ofSeconds(5));
            assertThat(instance.running()).isFalse();
            assertThat(instance.ending().orElseThrow()).isInstanceOf(Ending.Cancelled.class);
            assertThat(data.resolve("service.log")).content().contains("listening").contains("bye");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInstanceOutlivesTheSandboxAndIsAdopted(Sandbox.Mode mode) throws Exception {
        String handle;
        try (var sandbox = Sandbox.open(data, mode)) {
            handle = sandbox.launch(service("node", "server.js")).handle().encoded();
        }
        try (var sandbox = Sandbox.open(data, mode)) {
            var decoded = Handle.decode(handle);
            assertThat(sandbox.sweep(Set.of(decoded))).isEmpty();
            var adopted = sandbox.adopt(decoded).orElseThrow();
            assertThat(get(adopted.port())).isEqualTo("hello yes");
            assertThat(sandbox.adopt(new Handle(decoded.id(), decoded.pid(), 1, 1))).isEmpty();
            adopted.stop(Duration.ofSeconds(5));
            assertThat(sandbox.adopt(decoded)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotWantedIsSwept(Sandbox.Mode mode) throws Exception {
        try (var sandbox = Sandbox.open(data, mode)) {
            var instance = sandbox.launch(service("sh", "-c", "setsid sleep 500 & sleep 500"));
            assertThat(alive()).isNotEmpty();
            assertThat(sandbox.sweep(Set.of())).containsExactly(instance.handle().id());
        }
        assertThat(alive()).isEmpty();
    }

    @Test
    void anInstanceThatIgnoresTheRequestIsKilled() throws Exception {
        try (var sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP)) {
            var instance =
                    sandbox.launch(
                            service("bash", "-c", "trap '' TERM; while true; do sleep 1; done"));
            instance.stop(Duration.ofMillis(300));
            assertThat(instance.running()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInstanceThatEndsByItselfSaysHow(Sandbox.Mode mode) {
        try (var sandbox = Sandbox.open(data, mode)) {
            var instance = sandbox.launch(service("sh", "-c", "echo broken >&2; exit 4"));
            await().until(() -> instance.ending().isPresent());
            assertThat(instance.ending().orElseThrow())
                    .isInstanceOfSatisfying(
                            Ending.Exited.class, exited -> assertThat(exited.code()).isEqualTo(4));
            assertThat(data.resolve("service.log")).content().contains("broken");
        }
    }

    @Test
    void aServiceReachesNamesButNotTheServersLoopback() throws Exception {
        var secret =
                com.sun.net.httpserver.HttpServer.create(
                        new java.net.InetSocketAddress(
                                java.net.InetAddress.getLoopbackAddress(), 0),
                        5);
        secret.start();
        try (var sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP)) {
            int port = secret.getAddress().getPort();
            var script =
                    "for host in 127.0.0.1 localhost 10.0.2.2 10.0.2.3 $(ip route | sed -n"
                            + " 's/default via \\([^ ]*\\).*/\\1/p'); do curl -s -m 3 -o /dev/null"
                            + " http://$host:%d/ && echo reached $host; done;".formatted(port)
                            + " npm view is-number version --loglevel=error"
                            + " --update-notifier=false; echo done";
            var instance = sandbox.launch(service("bash", "-c", script));
            await().atMost(Duration.ofSeconds(60)).until(() -> instance.ending().isPresent());
            assertThat(data.resolve("service.log"))
                    .content()
                    .doesNotContain("reached")
                    .matches("(?s)\\d+\\.\\d+\\.\\d+\\s+done\\s+");
        } finally {
            secret.stop(0);
        }
    }

    @Test
    void theLogOfAServiceIsTurnedOver() {
        try (var sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP)) {
            var instance =
                    sandbox.launch(service("bash", "-c", "yes 0123456789 | head -c 5M; sleep 500"));
            await().until(() -> Files.exists(data.resolve("service.log.1")));
            await().until(() -> Files.size(data.resolve("service.log")) < 5_000_000);
            instance.stop(Duration.ZERO);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAKilledServerItsJobsAreGoneAndItsInstancesLive(Sandbox.Mode mode) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var server =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledServer.class.getName(),
                                data.toString(),
                                mode.name())
                        .redirectErrorStream(true)
                        .start();
        var lines = server.inputReader();
        String handle = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("handle ")) {
                handle = line.substring("handle ".length());
                break;
            }
        }
        assertThat(handle).isNotEmpty();
        await().until(() -> Files.exists(data.resolve("work/job-runs")));
        server.destroyForcibly().waitFor();
        var decoded = Handle.decode(handle);
        if (mode == Sandbox.Mode.BUBBLEWRAP) {
            await().untilAsserted(() -> assertThat(alive("job-marker")).isEmpty());
        }
        try (var sandbox = Sandbox.open(data, mode)) {
            sandbox.sweep(Set.of(decoded));
            assertThat(alive("job-marker")).isEmpty();
            var adopted = sandbox.adopt(decoded).orElseThrow();
            assertThat(get(adopted.port())).isEqualTo("hello yes");
            adopted.stop(Duration.ofSeconds(5));
        }
    }

    private Service service(String... command) {
        return service(data, command);
    }

    static Service service(Path data, String... command) {
        var work = data.resolve("work");
        var program =
                new Program(
                        List.of(command),
                        work,
                        Map.of("GIVEN", "yes"),
                        List.of(Mount.writable(work)),
                        Network.OUTBOUND,
                        Limits.ofService().withOutput(1_000_000));
        return new Service(program, "PORT", data.resolve("service.log"));
    }

    /** Processes whose command line names the test's own folder. */
    private List<String> alive() {
        return alive(data.toString());
    }

    private static List<String> alive(String word) {
        return ProcFiles.all().stream()
                .map(stat -> ProcFiles.commandLine(stat.pid()))
                .filter(line -> line.contains(word) && !line.contains("KilledServer"))
                .toList();
    }

    private static String get(int port) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
            return await().ignoreExceptions()
                    .until(
                            () -> client.send(request, HttpResponse.BodyHandlers.ofString()).body(),
                            body -> !body.isEmpty());
        }
    }
}
