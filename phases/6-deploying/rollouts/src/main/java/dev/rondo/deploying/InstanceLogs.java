package dev.rondo.deploying;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** What instances print: a file each, with older parts beside it. */
final class InstanceLogs {

    private static final int LAST_WORDS = 400;
    private static final String END = ".log";

    private final Path folder;

    InstanceLogs(Path folder) {
        this.folder = folder;
    }

    Path file(String instance) {
        try {
            return Files.createDirectories(folder).resolve(instance + END);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    /** The end of what an instance printed, on one line. */
    String lastWords(String instance) {
        try (var file = Files.newByteChannel(file(instance))) {
            file.position(Math.max(0, file.size() - LAST_WORDS));
            var buffer = ByteBuffer.allocate(LAST_WORDS);
            file.read(buffer);
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8)
                    .strip()
                    .replaceAll("\\s*\\R\\s*", " · ")
                    .replaceAll("\\p{Cntrl}", " ");
        } catch (IOException none) {
            return "";
        }
    }

    /** Deletes what others than these have not written to since. */
    void sweep(Set<String> alive, Instant since) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                int end = name.indexOf(END);
                boolean over = end > 0 && !alive.contains(name.substring(0, end));
                if (over && Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    Files.delete(file);
                }
            }
        }
    }
}
