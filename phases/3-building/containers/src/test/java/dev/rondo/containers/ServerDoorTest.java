package dev.rondo.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rondo.jobs.JobServices;
import dev.rondo.kits.jobs.Trial;
import dev.rondo.kits.machine.DockerDaemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How containers reach a server that listens on the loopback interface only. */
final class ServerDoorTest {
    private static final String TOLD = "http://rondo.localhost";
    private static final JobServices SERVICES =
            new JobServices(
                    Map.of("GITHUB_SERVER_URL", TOLD, "GITHUB_API_URL", TOLD + "/api/v3"),
                    Map.of("ACTIONS_RUNTIME_TOKEN", "key", "ACTIONS_RESULTS_URL", TOLD + "/"),
                    List.of());

    @TempDir Path data;
    private DockerRig rig;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        rig = new DockerRig(data);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", ServerDoorTest::answer);
        server.start();
        rig.sandbox.serves(server::getAddress);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String said =
                    exchange.getRequestURI()
                            + " by "
                            + exchange.getRequestHeaders().getFirst("Authorization")
                            + "\n";
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(said.getBytes());
        }
    }

    @AfterEach
    void close() {
        if (rig != null) {
            assertThat(rig.left()).as("left in the engine").isEmpty();
            server.stop(0);
            rig.close();
        }
    }

    private Trial trial(String job) {
        return new Trial(
                data,
                rig.executor,
                job.replace("IMAGE", DockerDaemon.IMAGE).replace("SMALL", DockerDaemon.SMALL),
                Map.of(),
                SERVICES);
    }

    private static Trial ended(Trial trial) {
        assertThat(trial.run().outcome()).as(String.join("\n", trial.lines())).isEqualTo("success");
        return trial;
    }

    @Test
    void scriptsAndActionsInContainersReachTheServer() {
        Trial trial =
                ended(
                        trial(
                                """
                                container: IMAGE
                                steps:
                                  - run: |
                                      wget -q -O- --header "Authorization: mine" "$GITHUB_API_URL/script"
                                      echo "token: $ACTIONS_RUNTIME_TOKEN."
                                      echo "git: $GIT_CONFIG_COUNT $GIT_CONFIG_KEY_1 $GIT_CONFIG_VALUE_1"
                                  - uses: docker://SMALL
                                    with:
                                      entrypoint: sh
                                      args: >-
                                        -c "wget -q -O- --header Authorization:$ACTIONS_RUNTIME_TOKEN ${ACTIONS_RESULTS_URL}action; wget -q -O- $GITHUB_SERVER_URL/known; echo $GITHUB_SERVER_URL"
                                """));
        assertThat(trial.lines())
                .contains("/api/v3/script by mine", "token: .", "/action by key", "/known by null")
                .anyMatch(line -> line.matches("http://rondo[.]localhost:[0-9]+"))
                .anyMatch(line ->
                        line.matches(
                                "git: 2 url[.]http://[0-9.]+:[0-9]+/[.]insteadOf"
                                        + " http://rondo[.]localhost/"));
    }

    @Test
    void anActionBesideAJobOnTheHostReachesTheServer() {
        Trial trial =
                ended(
                        trial(
                                """
                                steps:
                                  - run: curl -sS "$GITHUB_API_URL/host"
                                  - uses: docker://SMALL
                                    with:
                                      entrypoint: sh
                                      args: -c "wget -q -O- $GITHUB_API_URL/action"
                                  - run: curl -sS "$GITHUB_API_URL/again"
                                """));
        assertThat(trial.lines())
                .contains(
                        "/api/v3/host by null", "/api/v3/action by null", "/api/v3/again by null");
    }

    @Test
    void nobodyElseComesThroughTheDoorOfAJob() throws Exception {
        Trial trial =
                trial(
                        """
                        container: IMAGE
                        steps:
                          - run: |
                              echo "door ${GITHUB_SERVER_URL#http://}"
                              n=0
                              while [ ! -e "$RUNNER_TEMP/go" ] && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done
                        """);
        Thread job = Thread.ofVirtual().start(trial::run);
        Awaitility.await().until(() -> door(trial).contains(":"));
        String[] door = door(trial).split(":");
        assertThatThrownBy(() -> call(door[0], Integer.parseInt(door[1])))
                .isInstanceOf(IOException.class);
        rig.daemon.docker("network", "create", "stranger");
        try {
            String said =
                    rig.daemon.docker(
                            "run",
                            "--rm",
                            "--network",
                            "stranger",
                            DockerDaemon.SMALL,
                            "sh",
                            "-c",
                            "wget -q -T 2 -O- http://"
                                    + door[0]
                                    + ":"
                                    + door[1]
                                    + "/ || echo refused");
            assertThat(said).contains("refused");
        } finally {
            rig.daemon.docker("network", "rm", "stranger");
        }
        trial.touch("go");
        job.join();
        assertThatThrownBy(() -> new Socket(door[0], Integer.parseInt(door[1])).close())
                .isInstanceOf(IOException.class);
    }

    private static String door(Trial trial) {
        return trial.lines().stream()
                .filter(line -> line.startsWith("door "))
                .findFirst()
                .map(line -> line.substring("door ".length()))
                .orElse("");
    }

    /** Whoever is not admitted is cut off without an answer. */
    private static void call(String host, int port) throws IOException {
        try (var socket = new Socket(host, port)) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
            if (socket.getInputStream().read() < 0) {
                throw new IOException("cut off");
            }
        }
    }
}
