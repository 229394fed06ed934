package dev.rondo.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A request read to its end before git starts to answer it: a fetch's negotiation. Both ends would
 * wait for each other otherwise, as {@code git upload-pack} answers while it reads. Small ones fit
 * into a pipe, others go into a file.
 */
record Spool(byte[] small, Optional<Path> file) implements AutoCloseable {

    private static final int PIPE = 48 << 10;

    static Spool of(InputStream body, long limit, Path folder) throws IOException {
        byte[] head = body.readNBytes(PIPE);
        if (head.length < PIPE) {
            return new Spool(head, Optional.empty());
        }
        Path file = Files.createTempFile(folder, "fetch", null);
        try (var out = Files.newOutputStream(file)) {
            var all = new SequenceInputStream(new ByteArrayInputStream(head), body);
            byte[] buffer = new byte[64 << 10];
            long total = 0;
            for (int n = all.read(buffer); n >= 0; n = all.read(buffer)) {
                total += n;
                if (total > limit) {
                    throw new GitFailure(
                            GitFailure.Category.LIMIT,
                            "a fetch may send at most " + Bytes.words(limit));
                }
                out.write(buffer, 0, n);
            }
            return new Spool(new byte[0], Optional.of(file));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    Redirect input() {
        return file.map(path -> Redirect.from(path.toFile())).orElse(Redirect.PIPE);
    }

    void feed(GitProcess git) throws IOException {
        if (file.isEmpty()) {
            try (OutputStream in = git.input()) {
                in.write(small);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }
}
