package dev.rondo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipFilesTest {

    private static final int LONG = 300_000;

    @TempDir Path folder;

    @Test
    void whatIsPackedAlreadyIsNotPackedAgain() throws Exception {
        var tree = Files.createDirectory(folder.resolve("tree"));
        var noise = new byte[LONG];
        new Random(1).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Files.write(tree.resolve("zeros"), new byte[LONG]);
        Files.write(tree.resolve("none"), new byte[0]);
        var safe = new SafeTree(tree);
        var zip = folder.resolve("packed.zip");

        var files =
                safe.list().files().stream()
                        .map(file -> new ZipFiles.Packed(safe, file, file.path()))
                        .toList();
        ZipFiles.pack(files, 6, zip);

        try (var packed = new ZipFile(zip.toFile())) {
            assertThat(packed.getEntry("zeros").getCompressedSize()).isLessThan(LONG / 100);
            assertThat(packed.getEntry("noise").getCompressedSize()).isEqualTo(LONG);
            try (var in = packed.getInputStream(packed.getEntry("noise"))) {
                assertThat(in.readAllBytes()).isEqualTo(noise);
            }
            try (var in = packed.getInputStream(packed.getEntry("none"))) {
                assertThat(in.readAllBytes()).isEmpty();
            }
        }
    }
}
