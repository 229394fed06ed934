package dev.rondo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees and reaches. bubblewrap and slirp4netns must be installed. */
final class WallsTest {

    private static final Limits LIMITS = Limits.ofJob().withWallTime(Duration.ofSeconds(60));

    @TempDir Path data;
    Sandbox sandbox;
    Rig rig;

    @BeforeEach
    void open() throws Exception {
        sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP);
        rig = new Rig(sandbox, Files.createDirectories(data.resolve("work")));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void theSandboxWorksHere() {
        var probe = sandbox.probe();
        assertThat(probe.problems()).isEmpty();
        assertThat(probe.works()).isTrue();
        assertThat(sandbox.describe()).contains("bubblewrap");
    }

    @Test
    void outputAndExitCodeComeBack() throws Exception {
        var result = rig.run(Network.NONE, LIMITS, "echo hello; echo there >&2; exit 3");
        assertThat(result.output()).isEqualTo("hello\nthere\n");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.ending().usage().wallTime()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aCommandThatDoesNotExistIsTheProgramsFault() throws Exception {
        var result = rig.run(Network.NONE, LIMITS, "exec /no/such/command");
        assertThat(result.code()).isEqualTo(127);
    }

    @Test
    void serverFilesCannotBeRead() throws Exception {
        Files.writeString(data.resolve("master.key"), "secret");
        var result =
                rig.run(
                        Network.NONE,
                        LIMITS,
                        "cat %s/master.key; ls %s; cat /root/.bashrc; ls /home; ls /etc/shadow /etc/ssl/private;"
                                        .formatted(data, data)
                                + " ls /; touch /x /usr/x /etc/x; true");
        assertThat(result.output())
                .doesNotContain("secret")
                .contains("/root/.bashrc: No such file")
                .contains("\nrondo\n")
                .contains("cannot access '/etc/shadow'")
                .contains("cannot access '/etc/ssl/private'")
                .contains("cannot touch '/x'")
                .contains("cannot touch '/usr/x'")
                .contains("cannot touch '/etc/x'");
    }

    @Test
    void onlyTheMountIsWritableAndItsFilesComeBack() throws Exception {
        rig.run(Network.NONE, LIMITS, "echo made > made.txt; echo gone > /tmp/gone-for-good");
        assertThat(data.resolve("work/made.txt")).hasContent("made\n");
        assertThat(Path.of("/tmp/gone-for-good")).doesNotExist();
    }

    @Test
    void theEnvironmentIsOnlyWhatWasGiven() throws Exception {
        var result = rig.run(Network.NONE, LIMITS, "env | cut -d= -f1 | sort | tr '\\n' ' '");
        assertThat(result.output())
                .isEqualTo(
                        "GIVEN HOME LANG OLDPWD PATH PWD SHLVL TMPDIR _ ".replace("OLDPWD ", ""));
    }

    @Test
    void noPrivilegeIsLeftInside() throws Exception {
        var result =
                rig.run(
                        Network.NONE,
                        LIMITS,
                        "id -u; grep CapEff /proc/self/status; ls /proc/self/fd | wc -l; ps ax | wc -l;"
                                + " mount -t tmpfs x /tmp; chown 0 /tmp; hostname");
        assertThat(result.output())
                .startsWith("1000\nCapEff:\t0000000000000000\n4\n")
                .endsWith("rondo\n");
        assertThat(result.output()).contains("must be superuser").contains("changing ownership");
    }

    @Test
    void theServersLoopbackCannotBeReached() throws Exception {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 6);
                    exchange.getResponseBody().write("secret".getBytes(StandardCharsets.UTF_8));
                    exchange.close();
                });
        server.start();
        try {
            int port = server.getAddress().getPort();
            for (var network : Network.values()) {
                var result =
                        rig.run(
                                network,
                                LIMITS,
                                "for host in 127.0.0.1 localhost 10.0.2.2 10.0.2.3 0.0.0.0; do"
                                        + " curl -s -m 3 http://$host:%d/ || echo refused; done"
                                                .formatted(port));
                assertThat(result.output()).isEqualTo("refused\n".repeat(5));
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void withoutANetworkNothingResolves() throws Exception {
        var result =
                rig.run(Network.NONE, LIMITS, "ls /sys/class/net 2>/dev/null; cat /proc/net/dev");
        assertThat(result.output()).contains("lo:").doesNotContain("tap0").doesNotContain("eth0");
    }

    @Test
    void theRegistryIsReachedByName() throws Exception {
        var result =
                rig.run(
                        Network.OUTBOUND,
                        LIMITS,
                        "npm view is-number version --loglevel=error --update-notifier=false");
        assertThat(result.output().trim()).matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void theServersToolsAreThere() throws Exception {
        var result =
                rig.run(
                        Network.NONE,
                        LIMITS,
                        "node --version && npm --version && git --version && java -version"
                                + " && git init -q . && git status --short");
        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output()).contains("git version").containsPattern("v\\d+\\.");
    }

    @Test
    void whatCannotBeBuiltIsTheSandboxesFault() {
        var missing = data.resolve("missing");
        var program =
                new Program(
                        java.util.List.of("true"),
                        missing,
                        java.util.Map.of(),
                        java.util.List.of(Mount.writable(missing)),
                        Network.NONE,
                        LIMITS);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> sandbox.start(program, Output.merged((b, o, l) -> {})).await())
                .isInstanceOf(SandboxFailure.class)
                .hasMessageContaining("does not exist");
    }
}
