package dev.rondo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobsTest {

    private static final String HELLO =
            "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir Path folder;
    private Blobs blobs;

    @BeforeEach
    void open() {
        blobs = new Blobs(folder.resolve("blobs"));
    }

    @Test
    void whatWasPutComesBackByItsDigest() throws IOException {
        var blob = blobs.put(text("hello"), 5);
        assertThat(blob).isEqualTo(new Blobs.Blob(HELLO, 5));
        assertThat(blobs.size(HELLO)).contains(5L);
        try (var in = blobs.open(HELLO).orElseThrow()) {
            assertThat(in).hasContent("hello");
        }
        assertThat(new Blobs(folder.resolve("blobs")).path(HELLO)).isPresent();
        assertThat(incoming()).isEmpty();
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(blobs.open("sha256:" + "0".repeat(64))).isEmpty();
        assertThat(blobs.size("sha256:" + "0".repeat(64))).isEmpty();
    }

    /** However large it is, one buffer of 64 KiB is all that is ever held of it. */
    @Test
    void largeContentIsStreamed() throws IOException {
        long size = 16L << 20;
        var zeros = new Zeros(size);
        var blob = blobs.put(zeros, size);
        assertThat(blob.size()).isEqualTo(size);
        assertThat(zeros.largestRead).isLessThanOrEqualTo(64 * 1024);
        try (var in = blobs.open(blob.digest()).orElseThrow()) {
            assertThat(in.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(size);
        }
    }

    @Test
    void moreThanTheLimitIsRefusedBeforeItIsRead() throws IOException {
        var endless = new Zeros(Long.MAX_VALUE);
        assertThatThrownBy(() -> blobs.put(endless, 1_000_000))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure ->
                                assertThat(failure.category())
                                        .isEqualTo(StoreFailure.Category.TOO_LARGE))
                .hasMessageContaining("1000000 bytes");
        assertThat(incoming()).isEmpty();
    }

    @Test
    void aStreamThatBreaksLeavesNothing() throws IOException {
        var broken =
                new InputStream() {
                    private int left = 100_000;

                    @Override
                    public int read() throws IOException {
                        if (left-- <= 0) {
                            throw new IOException("the line is cut");
                        }
                        return 'x';
                    }
                };
        assertThatThrownBy(() -> blobs.put(broken, Long.MAX_VALUE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the line is cut");
        assertThat(incoming()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void aDamagedFileIsNotServedAsIfItWereWhole() throws IOException {
        blobs.put(text("hello"), 5);
        Files.writeString(blobs.path(HELLO).orElseThrow(), "hallo");
        try (var in = blobs.open(HELLO).orElseThrow()) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(HELLO)
                    .hasMessageContaining("damaged");
        }
        try (var in = blobs.open(HELLO).orElseThrow()) {
            assertThat(in.skip(2)).isEqualTo(2);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theSameContentFromManyAtOnceIsKeptOnce() throws Exception {
        var content = "the same ".repeat(20_000);
        try (var many = Executors.newFixedThreadPool(16)) {
            var puts =
                    IntStream.range(0, 64)
                            .mapToObj(i ->
                                    (Callable<Blobs.Blob>)
                                            () -> blobs.put(text(content), Long.MAX_VALUE))
                            .toList();
            var kept = many.invokeAll(puts).stream().map(done -> done.resultNow()).distinct();
            assertThat(kept).hasSize(1);
        }
        assertThat(files()).hasSize(1);
        assertThat(files().getFirst()).hasContent(content);
        assertThat(incoming()).isEmpty();
    }

    @Test
    void whatACrashLeftHalfWrittenIsSweptAtTheNextStart() throws IOException {
        blobs.put(text("hello"), 5);
        Files.writeString(folder.resolve("blobs/incoming/half"), "hel");
        var again = new Blobs(folder.resolve("blobs"));
        assertThat(incoming()).isEmpty();
        assertThat(again.size(HELLO)).contains(5L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "sha256:",
                "sha256:../../../../etc/passwd",
                "../secret.key",
                "sha256:2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824",
                "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982",
                "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\n",
                "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824/..",
                "sha512:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
            })
    void nothingButADigestNamesAFile(String digest) {
        assertThatThrownBy(() -> blobs.path(digest)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> blobs.open(digest)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> blobs.size(digest)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new Blobs(folder.resolve("file/blobs")))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(folder.resolve("file/blobs").toString())
                .hasMessageContaining("Not a directory");
    }

    private List<Path> incoming() throws IOException {
        try (var files = Files.list(folder.resolve("blobs/incoming"))) {
            return files.toList();
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Zeros extends InputStream {

        private long left;
        private int largestRead;

        Zeros(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            largestRead = Math.max(largestRead, length);
            int count = (int) Math.min(left, length);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
