package dev.rondo.results;

import dev.rondo.store.Blobs;
import dev.rondo.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One file on its way in: as a whole, or in blocks that come in any order and side by side, and a
 * list that says their order at the end. It lives in memory and in a folder of its own, because it
 * belongs to a job and no job outlives the process.
 */
final class Upload {

    private static final int BUFFER = 1 << 17;

    private final String id;
    private final LiveJob job;
    private final Target target;
    private final Path folder;
    private final Blobs shelf;
    private final ConcurrentMap<String, Long> blocks = new ConcurrentHashMap<>();
    private final AtomicLong arrived = new AtomicLong();
    private volatile Optional<Blobs.Blob> whole = Optional.empty();
    private volatile boolean closed;

    Upload(String id, LiveJob job, Target target, Path folder, Blobs shelf) {
        this.id = id;
        this.job = job;
        this.target = target;
        this.folder = folder;
        this.shelf = shelf;
    }

    /** What the file becomes. */
    sealed interface Target {
        long limit();

        /** {@code expires} in microseconds, 0 for the usual time. */
        record Artifact(String name, String mime, long expires) implements Target {
            @Override
            public long limit() {
                return Limits.ARTIFACT_BYTES;
            }
        }

        record Cache(String key, String version) implements Target {
            @Override
            public long limit() {
                return Limits.CACHE_BYTES;
            }
        }
    }

    /** What the client did wrong, in the words of the protocol. */
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String code;

        Bad(int status, String code, String why) {
            super(why, null, false, false);
            this.status = status;
            this.code = code;
        }

        int status() {
            return status;
        }

        String code() {
            return code;
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    String id() {
        return id;
    }

    LiveJob job() {
        return job;
    }

    Target target() {
        return target;
    }

    /** What arrived whole, if it did. */
    Optional<Blobs.Blob> whole() {
        return whole;
    }

    /** Takes in one block; a block that comes again replaces the one before. */
    void block(String block, InputStream in) throws Bad, IOException {
        requireOpen();
        if (!blocks.containsKey(block) && blocks.size() >= Limits.BLOCKS) {
            throw new Bad(409, "BlockCountExceedsLimit", "more than " + Limits.BLOCKS + " blocks");
        }
        Files.createDirectories(folder);
        var half = Files.createTempFile(folder, "half", "");
        try {
            long size = copy(in, half);
            Files.move(half, file(block), StandardCopyOption.REPLACE_EXISTING);
            Long before = blocks.put(block, size);
            arrived.addAndGet(before == null ? 0 : -before);
        } finally {
            Files.deleteIfExists(half);
            if (closed) {
                delete();
            }
        }
    }

    private long copy(InputStream in, Path half) throws IOException, Bad {
        var buffer = new byte[BUFFER];
        long size = 0;
        boolean whole = false;
        try (var out = Files.newOutputStream(half)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > Limits.BLOCK_BYTES) {
                    throw new Bad(
                            413,
                            "RequestBodyTooLarge",
                            "a block has at most " + Limits.BLOCK_BYTES + " bytes");
                }
                if (arrived.addAndGet(read) > target.limit()) {
                    throw tooLarge();
                }
                out.write(buffer, 0, read);
            }
            whole = true;
            return size;
        } finally {
            if (!whole) {
                arrived.addAndGet(-size);
            }
        }
    }

    private Bad tooLarge() {
        return new Bad(
                413,
                "RequestBodyTooLarge",
                "the file has more than the limit of " + target.limit() + " bytes");
    }

    /** Takes in the whole file at once. */
    void all(InputStream in) throws Bad {
        requireOpen();
        keep(in);
    }

    /** Takes over a file of the server itself, which is gone from where it was. */
    void take(Path file) throws Bad, IOException {
        requireOpen();
        if (Files.size(file) > target.limit()) {
            throw tooLarge();
        }
        whole = Optional.of(shelf.take(file));
    }

    /** Puts the blocks together in this order. */
    synchronized void commit(List<String> order) throws Bad {
        requireOpen();
        for (String block : order) {
            if (!blocks.containsKey(block)) {
                throw new Bad(
                        400,
                        "InvalidBlockList",
                        "the block list names a block that did not arrive");
            }
        }
        var files = Collections.enumeration(order.stream().map(this::open).toList());
        try (var in = new SequenceInputStream(files)) {
            keep(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delete();
        blocks.clear();
    }

    private void keep(InputStream in) throws Bad {
        try {
            var blob = shelf.put(in, target.limit());
            whole = Optional.of(blob);
        } catch (StoreFailure e) {
            if (e.category() == StoreFailure.Category.TOO_LARGE) {
                throw tooLarge();
            }
            throw e;
        }
    }

    private InputStream open(String block) {
        // Opened when its turn comes: ten thousand blocks must not be ten thousand open files.
        return new LateStream(file(block));
    }

    private Path file(String block) {
        return folder.resolve(
                "block-" + HexFormat.of().formatHex(block.getBytes(StandardCharsets.UTF_8)));
    }

    private void requireOpen() throws Bad {
        if (closed) {
            throw new Bad(404, "BlobNotFound", "this upload is over");
        }
        if (whole.isPresent()) {
            throw new Bad(409, "BlobAlreadyExists", "the file arrived already");
        }
    }

    /** Nothing more comes in; what did not become anything is gone. */
    void close() {
        closed = true;
        delete();
    }

    private void delete() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException left) {
            // A block that just arrives; its own end deletes the folder, or the next start does.
        }
    }

    /** A file that is opened at its first byte and closed at its last. */
    private static final class LateStream extends InputStream {
        private final Path file;
        private Optional<InputStream> in = Optional.empty();

        LateStream(Path file) {
            this.file = file;
        }

        private InputStream opened() throws IOException {
            if (in.isEmpty()) {
                in = Optional.of(Files.newInputStream(file));
            }
            return in.get();
        }

        @Override
        public int read() throws IOException {
            return opened().read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return opened().read(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (in.isPresent()) {
                in.get().close();
            }
        }
    }
}
