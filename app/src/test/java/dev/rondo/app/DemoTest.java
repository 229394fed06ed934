package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The main job: the whole loop turns with the real example project, in a process of its own. */
class DemoTest {

    @TempDir Path folder;

    @Test
    void theLoopTurnsWithTheShop() throws Exception {
        var report = folder.resolve("report.json");
        var log = folder.resolve("log");
        int port = freePortBeforeAFreeOne();
        var process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:+UseSerialGC",
                                "-Xmx500m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Drondo.home=" + TidyTest.root(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "demo",
                                "--exit",
                                "--report",
                                report.toString(),
                                "--port",
                                String.valueOf(port))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        var told = JsonMapper.shared().readTree(report.toFile());
        assertThat(told.path("complete").asBoolean()).isTrue();
        assertThat(told.path("steps")).hasSize(DemoStory.STEPS);
        assertThat(told.path("steps").findValuesAsString("observed"))
                .anyMatch(seen -> seen.contains("0 failed"))
                .anyMatch(seen -> seen.contains("back to 1.0.0"))
                .anyMatch(seen -> seen.contains("1 of 3 deployments failed"));
        System.out.println(Files.readString(log));
    }

    private static int freePortBeforeAFreeOne() throws IOException {
        while (true) {
            try (var first = new ServerSocket(0)) {
                int port = first.getLocalPort();
                try (var second = new ServerSocket(port + 1)) {
                    return second.getLocalPort() - 1;
                } catch (IOException taken) {
                    // another pair
                }
            }
        }
    }
}
