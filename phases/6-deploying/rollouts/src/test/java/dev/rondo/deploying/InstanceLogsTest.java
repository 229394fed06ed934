package dev.rondo.deploying;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLogsTest {

    @TempDir Path folder;

    @Test
    void logsOfInstancesThatAreLongGoneGoAndNoOthers() throws Exception {
        var logs = new InstanceLogs(folder.resolve("logs"));
        logs.sweep(Set.of(), Instant.now());
        var now = Instant.now();
        write(logs.file("alive"), now.minus(Duration.ofDays(90)));
        write(logs.file("gone"), now.minus(Duration.ofDays(15)));
        write(folder.resolve("logs/gone.log.1"), now.minus(Duration.ofDays(16)));
        write(logs.file("fresh"), now.minus(Duration.ofDays(13)));

        logs.sweep(Set.of("alive"), now.minus(Duration.ofDays(14)));

        assertThat(folder.resolve("logs"))
                .isDirectoryNotContaining("glob:**gone*")
                .isDirectoryContaining("glob:**alive.log")
                .isDirectoryContaining("glob:**fresh.log");
        assertThat(logs.lastWords("fresh")).isEqualTo("it said · this");
        assertThat(logs.lastWords("gone")).isEmpty();
    }

    private static void write(Path file, Instant at) throws Exception {
        Files.writeString(file, "it said\n this\n");
        Files.setLastModifiedTime(file, FileTime.from(at));
    }
}
