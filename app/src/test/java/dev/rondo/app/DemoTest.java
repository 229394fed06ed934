package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.JournalCheck;
import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The main job: the whole loop turns with the real example project, in a process of its own. */
class DemoTest {

    @TempDir Path folder;

    @Test
    void theLoopTurnsWithTheShop() throws Exception {
        turn();
    }

    @Test
    @Tag("long")
    void theLoopTurnsOnPostgres() throws Exception {
        var postgres = (Database.Postgres) Databases.postgres();
        turn(
                "--example",
                "hello",
                "--database",
                postgres.url().replace("jdbc:postgresql://", "postgresql://rondo:rondo@"));
        try (var store = Store.openExisting(postgres)) {
            var verdict = store.read(JournalCheck::verify);
            assertThat(verdict.problem()).isEmpty();
            assertThat(verdict.events()).isGreaterThan(100);
        }
    }

    private void turn(String... flags) throws Exception {
        var report = folder.resolve("report.json");
        var log = folder.resolve("log");
        var arguments =
                new ArrayList<>(
                        List.of(
                                "demo",
                                "--exit",
                                "--report",
                                report.toString(),
                                "--port",
                                String.valueOf(freePortBeforeAFreeOne())));
        arguments.addAll(List.of(flags));
        var process =
                new ProcessBuilder(ServerProcess.command(List.of("-Xmx500m"), arguments))
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
