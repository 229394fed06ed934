package dev.rondo.deploying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rondo.store.Blobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {

    @TempDir Path folder;

    @Test
    void artifactIsUnpackedOnceAndReadOnly() throws Exception {
        var versions = versions();
        var digest = put(Harbour.archive(Map.of("a/b.txt", "hello", "c.txt", "x")));

        var unpacked = versions.folder(digest);

        assertThat(unpacked.resolve("a/b.txt")).hasContent("hello");
        assertThat(Files.getPosixFilePermissions(unpacked.resolve("c.txt")))
                .doesNotContain(java.nio.file.attribute.PosixFilePermission.OWNER_WRITE);
        assertThat(versions.folder(digest)).isEqualTo(unpacked);
    }

    @Test
    void pathThatLeadsOutsideIsRefusedAndLeavesNothing() throws Exception {
        var versions = versions();
        for (var name : new String[] {"../evil", "/etc/evil", "a/../../evil"}) {
            var digest = put(Harbour.archive(Map.of(name, "x")));
            var refused =
                    catchThrowableOfType(Versions.Unusable.class, () -> versions.folder(digest));
            assertThat(refused.reason().key()).isEqualTo("deploying.reason.artifact.path");
        }
        assertThat(folder.resolve("evil")).doesNotExist();
        try (var left = Files.list(folder.resolve("versions"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void zipIsUnpackedWithItsModesAndUnderTheSameRules() throws Exception {
        var versions = versions();
        var unpacked = versions.folder(put(zip(Map.of("bin/run.sh", "echo", "c.txt", "x"))));
        assertThat(unpacked.resolve("c.txt")).hasContent("x").isNotEmptyFile();
        assertThat(Files.isExecutable(unpacked.resolve("bin/run.sh"))).isTrue();
        for (var name : new String[] {"../evil", "/etc/evil", "a/../../evil"}) {
            var digest = put(zip(Map.of(name, "x")));
            var refused =
                    catchThrowableOfType(Versions.Unusable.class, () -> versions.folder(digest));
            assertThat(refused.reason().key()).isEqualTo("deploying.reason.artifact.path");
        }
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipArchiveOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                var entry = new ZipArchiveEntry(file.getKey());
                entry.setUnixMode(file.getKey().endsWith(".sh") ? 0100755 : 0100644);
                zip.putArchiveEntry(entry);
                zip.write(file.getValue().getBytes());
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void linkThatLeadsOutsideIsRefused() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            var link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            link.setLinkName("../../..");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        var digest = put(bytes.toByteArray());
        var versions = versions();
        assertThat(
                        catchThrowableOfType(Versions.Unusable.class, () -> versions.folder(digest))
                                .reason()
                                .key())
                .isEqualTo("deploying.reason.artifact.path");
    }

    @Test
    void brokenAndMissingArtifactsAreSaid() throws Exception {
        var versions = versions();
        var broken = put("no archive".getBytes());
        assertThat(
                        catchThrowableOfType(Versions.Unusable.class, () -> versions.folder(broken))
                                .reason()
                                .key())
                .isEqualTo("deploying.reason.artifact.broken");
        assertThat(
                        catchThrowableOfType(
                                        Versions.Unusable.class,
                                        () -> versions.folder("sha256:" + "0".repeat(64)))
                                .reason()
                                .key())
                .isEqualTo("deploying.reason.artifact.missing");
    }

    @Test
    void sweepKeepsWhatIsNeeded() throws Exception {
        var versions = versions();
        var one = put(Harbour.archive(Map.of("a", "1")));
        var two = put(Harbour.archive(Map.of("a", "2")));
        var kept = versions.folder(one);
        var gone = versions.folder(two);

        versions.sweep(Set.of(one));

        assertThat(kept).exists();
        assertThat(gone).doesNotExist();
    }

    private Versions versions() throws IOException {
        return new Versions(
                Files.createDirectories(folder.resolve("versions")),
                new Blobs(folder.resolve("blobs")));
    }

    private String put(byte[] bytes) {
        return new Blobs(folder.resolve("blobs"))
                .put(new ByteArrayInputStream(bytes), 1 << 20)
                .digest();
    }
}
