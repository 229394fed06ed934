package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.records.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The services of a job, called by npm's {@code @actions/core}, {@code artifact}, {@code cache} and
 * {@code github} inside a workflow that the real engine runs. Needs Node, npm and the registry.
 */
final class NpmClientsTest {

    @Test
    void theClientsThatEverybodyUsesAreServed() throws Exception {
        assumeTrue(says("node", "--version"), "Node.js is missing: install the package nodejs");
        assumeTrue(
                says("npm", "view", "@actions/core@3.0.1", "version"),
                "the npm registry cannot be reached, or npm is missing");
        try (var yard = new Yard().start()) {
            yard.web.start("127.0.0.1", 0);
            yard.spine
                    .sandbox()
                    .serves(() ->
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), yard.web.port()));
            yard.push("main", files());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(6))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> yard.maybeRun(1).map(Run::finished).orElse(false));
            var run = yard.run(1);
            var log = yard.log(run, "proof");
            assertThat(run.progress().outcome()).as(log).isEqualTo("success");
            assertThat(log)
                    .contains("proved upload")
                    .contains("listed made,native")
                    .contains("proved download")
                    .contains("proved elsewhere")
                    .contains("Cache restored from key: proof-1")
                    .contains("sub=repo:rondo/shop:ref:refs/heads/main aud=sts.example.org")
                    .contains("proved identity")
                    .contains("proved remove");
            yard.web.stop();
        }
    }

    static boolean says(String... command) throws IOException, InterruptedException {
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
        files.put(".github/workflows/ci.yml", text("ci.yml"));
        files.put(".github/actions/proof/action.yml", text("action.yml"));
        files.put(".github/actions/proof/index.mjs", text("index.mjs"));
        return files;
    }

    static String text(String name) throws IOException {
        try (var in = NpmClientsTest.class.getResourceAsStream("/npm-clients/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
