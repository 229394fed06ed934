package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.kits.machine.DockerDaemon;
import dev.rondo.records.Run;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The npm clients and the native actions in the container of a job, while this Rondo listens on the
 * loopback interface only. The image has the machine's own Node.
 */
final class ContainerClientsTest {
    private static final String IMAGE = "rondo-scenarios/node";

    @Test
    void theClientsThatEverybodyUsesAreServedInAContainerToo(@TempDir Path data) throws Exception {
        assumeTrue(DockerDaemon.lacking().isEmpty(), DockerDaemon.lacking());
        assumeTrue(
                NpmClientsTest.says("node", "--version"),
                "Node.js is missing: install the package nodejs");
        assumeTrue(
                NpmClientsTest.says("npm", "view", "@actions/core@3.0.1", "version"),
                "the npm registry cannot be reached, or npm is missing");
        DockerDaemon docker = DockerDaemon.running();
        docker.image(IMAGE, "node", "tar");
        try (var yard = new Yard(data, 2, Optional.of(docker.address())).start()) {
            yard.web.start("127.0.0.1", 0);
            yard.spine
                    .sandbox()
                    .serves(() ->
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), yard.web.port()));
            var files = new LinkedHashMap<String, String>();
            files.put("package.json", NpmClientsTest.text("package.json"));
            files.put(".github/workflows/ci.yml", NpmClientsTest.text("container.yml"));
            files.put(".github/actions/proof/action.yml", NpmClientsTest.text("action.yml"));
            files.put(".github/actions/proof/index.mjs", NpmClientsTest.text("index.mjs"));
            yard.push("main", files);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(6))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> yard.maybeRun(1).map(Run::finished).orElse(false));
            var run = yard.run(1);
            var log = yard.log(run, "proof");
            assertThat(run.progress().outcome()).as(log).isEqualTo("success");
            assertThat(log)
                    .contains("proved upload")
                    .contains("listed made,native,workspace")
                    .contains("proved download")
                    .contains("proved elsewhere")
                    .contains("Cache restored from key: proof-1")
                    .contains("proved identity")
                    .containsPattern("signed_upload_url\":\"http://[0-9.]+:[0-9]+/_results/blobs/")
                    .contains("proved remove");
            yard.web.stop();
        }
    }
}
