package dev.rondo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.kits.machine.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir Path folder;

    @Test
    void aFreshOneIsForItsOwnerAlone() throws IOException {
        var data = folder.resolve("a/b");
        try (var directory = DataDirectory.open(data)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            assertThat(directory.folder("blobs")).isDirectory().hasParent(data);
        }
    }

    @Test
    void aSecondOneInTheSameProcessIsRefusedUntilTheFirstIsClosed() {
        try (var first = DataDirectory.open(folder)) {
            assertInUse(ProcessHandle.current().pid());
            assertThat(first.root()).isEqualTo(folder);
        }
        DataDirectory.open(folder).close();
    }

    @Test
    void anotherProcessHoldsItAsLongAsItLives() throws Exception {
        var other =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                HoldDirectory.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var said = other.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("held " + folder);
            assertInUse(other.pid());
        } finally {
            // Even by SIGKILL: the system frees the lock.
            other.destroyForcibly();
            other.waitFor();
        }
        DataDirectory.open(folder).close();
    }

    private void assertInUse(long process) {
        assertThatThrownBy(() -> DataDirectory.open(folder))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure ->
                                assertThat(failure.category())
                                        .isEqualTo(StoreFailure.Category.IN_USE))
                .hasMessage(
                        "another Rondo (process %d) uses %s; stop it, or choose another --data"
                                .formatted(process, folder));
    }

    @Test
    void aFileInItsPlaceIsNamed() throws IOException {
        var file = Files.writeString(folder.resolve("data"), "mine");
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(file + " is not a folder")
                .hasMessageContaining("choose another --data");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aDiskThatCannotBeWrittenIsNamed() {
        assumeTrue(SmallDisk.possible(), "only root may mount a small disk");
        try (var disk = SmallDisk.mount(1)) {
            disk.remount("ro");
            assertThatThrownBy(() -> DataDirectory.open(disk.folder().resolve("data")))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining(disk.folder().resolve("data").toString())
                    .hasMessageContaining("Read-only file system");
            disk.remount("rw");
            disk.fill();
            assertThatThrownBy(() -> DataDirectory.open(disk.folder()))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining(disk.folder().toString())
                    .hasMessageContaining("the disk is full");
        }
    }
}
