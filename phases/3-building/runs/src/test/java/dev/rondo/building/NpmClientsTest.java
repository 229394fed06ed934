package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.kits.machine.DockerDaemon;
import dev.rondo.records.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The services of a job, called by npm's {@code @actions/core}, {@code artifact}, {@code cache} and
 * {@code github} inside workflows that the real engine runs: bundled into one file, as actions are
 * published, on the host and in the container of a job. This Rondo listens on the loopback
 * interface only. Needs Node, npm and the registry; the container has the machine's own Node.
 */
final class NpmClientsTest {
    private static final String IMAGE = "rondo-scenarios/node";

    @TempDir static Path data;

    private static boolean docker;
    private static Yard yard;
    private static long runs = 1;

    @BeforeAll
    static void theActionIsBundled() throws Exception {
        assumeTrue(says("node", "--version"), "Node.js is missing: install the package nodejs");
        assumeTrue(
                says("npm", "view", "@actions/core@3.0.1", "version"),
                "the npm registry cannot be reached, or npm is missing");
        docker = DockerDaemon.lacking().isEmpty();
        yard = new Yard(data, 2, docker ? Optional.of(engine()) : Optional.empty()).start();
        yard.web.start("127.0.0.1", 0);
        yard.spine
                .sandbox()
                .serves(() ->
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), yard.web.port()));
        yard.push("main", files());
        var bundle = finished(1);
        assertThat(bundle.progress().outcome()).as(yard.log(bundle, "bundle")).isEqualTo("success");
    }

    private static String engine() throws Exception {
        var engine = DockerDaemon.running();
        // Only a cache that was packed with the same program fits.
        if (says("zstd", "--version")) {
            engine.image(IMAGE, "node", "tar", "zstd", "zstdmt", "unzstd");
        } else {
            engine.image(IMAGE, "node", "tar");
        }
        return engine.address();
    }

    @AfterAll
    static void close() {
        if (yard != null) {
            yard.web.stop();
            yard.close();
        }
    }

    @Test
    void theClientsThatEverybodyUsesAreServed() throws Exception {
        assertThat(proof("host"))
                .contains("proved upload")
                .contains("listed made,native")
                .contains("proved download")
                .contains("proved elsewhere")
                .contains("Cache restored from key: proof-1")
                .contains("sub=repo:rondo/shop:ref:refs/heads/host aud=sts.example.org")
                .contains("proved identity")
                .contains("proved remove");
    }

    @Test
    void theyAreServedInAContainerToo() throws Exception {
        assumeTrue(docker, DockerDaemon.lacking());
        assertThat(proof("container"))
                .contains("proved upload")
                .contains("listed made,native")
                .contains("proved download")
                .contains("proved elsewhere")
                .contains("Cache restored from key: proof-1")
                .contains("proved identity")
                .containsPattern("signed_upload_url\":\"http://[0-9.]+:[0-9]+/_results/blobs/")
                .contains("proved remove");
    }

    /**
     * The log of the job that a push of this branch starts: what one saves, the other cannot see.
     */
    private static String proof(String branch) throws IOException {
        yard.push(branch, files());
        var run = finished(++runs);
        var log = yard.log(run, "proof");
        assertThat(run.progress().outcome()).as(log).isEqualTo("success");
        return log;
    }

    private static Run finished(long number) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> yard.maybeRun(number).map(Run::finished).orElse(false));
        return yard.run(number);
    }

    private static boolean says(String... command) throws IOException, InterruptedException {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static Map<String, String> files() throws IOException {
        var files = new LinkedHashMap<String, String>();
        files.put("package.json", text("package.json"));
        for (var workflow : new String[] {"bundle.yml", "host.yml", "container.yml"}) {
            files.put(".github/workflows/" + workflow, text(workflow));
        }
        files.put(".github/actions/proof/action.yml", text("action.yml"));
        files.put(".github/actions/proof/index.mjs", text("index.mjs"));
        return files;
    }

    private static String text(String name) throws IOException {
        try (var in = NpmClientsTest.class.getResourceAsStream("/npm-clients/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
