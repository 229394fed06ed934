package dev.rondo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that a job packed, and what they must not do here. */
final class TarsTest {
    @TempDir Path data;
    private Path root;
    private Path outside;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private TarArchiveOutputStream tar;

    @BeforeEach
    void open() throws Exception {
        root = Files.createDirectories(data.resolve("job"));
        outside = Files.writeString(data.resolve("secret"), "untouched");
        tar = new TarArchiveOutputStream(bytes);
    }

    private void file(String name, String text) throws Exception {
        var entry = new TarArchiveEntry(name, true);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        entry.setSize(content.length);
        entry.setMode(0755);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void link(String name, String target, byte type) throws Exception {
        var entry = new TarArchiveEntry(name, type);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private void read(Path... wanted) throws Exception {
        tar.finish();
        Tars.read(new ByteArrayInputStream(bytes.toByteArray()), root, List.of(wanted));
    }

    private static String name(Path file) {
        return file.toString().substring(1);
    }

    @Test
    void filesComeWithTheirRightsAndNothingElseComes() throws Exception {
        Path wanted = root.resolve("work/deep/file");
        file(name(wanted), "content");
        file(name(root.resolve("work/other")), "nobody asked");
        read(wanted);
        assertThat(wanted).hasContent("content").isExecutable();
        assertThat(root.resolve("work/other")).doesNotExist();
    }

    @Test
    void nothingIsWrittenOutsideOrThroughALink() throws Exception {
        Path link = root.resolve("work/link");
        Path behind = root.resolve("work/link/secret");
        link(name(link), data.toString(), TarConstants.LF_SYMLINK);
        file(name(behind), "overwritten");
        file(name(outside), "overwritten");
        file(name(root) + "/work/../../secret", "overwritten");
        read(link, behind, outside);
        assertThat(outside).hasContent("untouched");
        assertThat(behind).hasContent("overwritten");
        assertThat(link).isDirectory();
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void aSecondNameOfAFileIsACopyAndNeverOfOneOutside() throws Exception {
        Path first = root.resolve("work/first");
        Path second = root.resolve("work/second");
        Path third = root.resolve("work/third");
        file(name(first), "content");
        link(name(second), name(first), TarConstants.LF_LINK);
        link(name(third), name(outside), TarConstants.LF_LINK);
        read(first, second, third);
        assertThat(second).hasContent("content");
        assertThat(third).doesNotExist();
    }
}
