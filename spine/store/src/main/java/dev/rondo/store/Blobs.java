package dev.rondo.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Files kept by their SHA-256 digest, written as {@code sha256:<hex>}. What was put is durable when
 * the call returns; a file that a crash left half written is swept on the next start.
 */
public final class Blobs {

    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final int BUFFER = 64 * 1024;
    private static final String SHELF = "shelf-";

    private final Path root;
    private final Path incoming;
    private final ConcurrentMap<String, Blobs> shelves = new ConcurrentHashMap<>();

    public Blobs(Path root) {
        this.root = root;
        this.incoming = root.resolve("incoming");
        try {
            Files.createDirectories(incoming);
            try (var leftovers = Files.list(incoming)) {
                for (var leftover : leftovers.toList()) {
                    Files.delete(leftover);
                }
            }
            try (var folders = Files.list(root)) {
                folders.map(folder -> String.valueOf(folder.getFileName()))
                        .filter(name -> name.startsWith(SHELF))
                        .forEach(name -> shelf(name.substring(SHELF.length())));
            }
        } catch (IOException failed) {
            throw StoreFailure.notWritable(root, failed);
        }
    }

    /**
     * Files kept apart, which alone can be dropped again: who puts them on a shelf knows who needs
     * them. They are found by their digest here too.
     */
    public Blobs shelf(String name) {
        return shelves.computeIfAbsent(name, made -> new Blobs(root.resolve(SHELF + made)));
    }

    /**
     * Deletes a file of this shelf, unless it was put again since.
     *
     * @return whether it is gone
     */
    public synchronized boolean drop(String digest, Instant putBefore) {
        var file = place(digest);
        try {
            if (Files.exists(file)
                    && Files.getLastModifiedTime(file).toInstant().isAfter(putBefore)) {
                return false;
            }
            return Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What was put: its digest and its size in bytes. */
    public record Blob(String digest, long size) {}

    public Blob put(Path file) {
        try (var in = Files.newInputStream(file)) {
            return put(in, Long.MAX_VALUE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Keeps a file by moving it here; it has to lie on the same disk, else it is copied. */
    public Blob take(Path file) {
        var moved = incoming.resolve(Ids.next());
        try {
            Files.move(file, moved);
            var sha = sha256();
            long size = 0;
            try (var channel =
                    FileChannel.open(moved, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.allocateDirect(4 * BUFFER);
                while (channel.read(buffer.clear()) >= 0) {
                    size += buffer.position();
                    sha.update(buffer.flip());
                }
                channel.force(true);
            }
            var digest = named(sha);
            keep(moved, digest);
            return new Blob(digest, size);
        } catch (IOException failed) {
            if (StoreFailure.isFull(failed)) {
                throw StoreFailure.full("below " + root, failed);
            }
            throw new UncheckedIOException(failed);
        } finally {
            deleteQuietly(moved);
        }
    }

    /**
     * Reads the stream to its end and keeps it.
     *
     * @throws StoreFailure {@code TOO_LARGE} when there is more than {@code limit} bytes, {@code
     *     FULL} when the disk is
     * @throws UncheckedIOException when the stream or the disk fails; nothing is kept then
     */
    public Blob put(InputStream in, long limit) {
        var file = incoming.resolve(Ids.next());
        try {
            var sha = sha256();
            long size = 0;
            try (var channel =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var out = Channels.newOutputStream(channel);
                var buffer = new byte[BUFFER];
                int read;
                while ((read = in.read(buffer)) >= 0) {
                    size += read;
                    if (size > limit) {
                        throw new StoreFailure(
                                StoreFailure.Category.TOO_LARGE,
                                "more than the limit of " + limit + " bytes");
                    }
                    sha.update(buffer, 0, read);
                    out.write(buffer, 0, read);
                }
                channel.force(true);
            }
            var digest = named(sha);
            keep(file, digest);
            return new Blob(digest, size);
        } catch (IOException failed) {
            if (StoreFailure.isFull(failed)) {
                throw StoreFailure.full("below " + root, failed);
            }
            throw new UncheckedIOException(failed);
        } finally {
            deleteQuietly(file);
        }
    }

    /**
     * Streams what was kept. Whoever reads to the end reads what was put: a file that a disk has
     * damaged ends with an {@link IOException} instead.
     */
    public Optional<InputStream> open(String digest) {
        return path(digest)
                .map(file -> {
                    try {
                        return new VerifiedStream(Files.newInputStream(file), digest);
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                });
    }

    /** Size in bytes. */
    public Optional<Long> size(String digest) {
        return path(digest).map(file -> file.toFile().length());
    }

    /** The file itself, to be read only. */
    public Optional<Path> path(String digest) {
        var file = place(digest);
        return Files.isRegularFile(file)
                ? Optional.of(file)
                : shelves.values().stream()
                        .flatMap(shelf -> shelf.path(digest).stream())
                        .findFirst();
    }

    /** Hands over all that is on this shelf alone, in no order. */
    public void digests(Consumer<String> use) {
        try (var files = Files.walk(root, 3)) {
            files.filter(file -> file.getNameCount() == root.getNameCount() + 3)
                    .map(file -> "sha256:" + file.getFileName())
                    .filter(digest -> DIGEST.matcher(digest).matches())
                    .forEach(use);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private synchronized void keep(Path file, String digest) throws IOException {
        var hex = hex(digest);
        var place = place(digest);
        if (Files.exists(place)) {
            Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
            return;
        }
        var two = root.resolve(hex.substring(0, 2));
        var four = two.resolve(hex.substring(2, 4));
        makeFolder(two, root);
        makeFolder(four, two);
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        sync(four);
    }

    /** A folder outlives a loss of power only when the folder around it was synced. */
    private static void makeFolder(Path folder, Path around) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            sync(around);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path place(String digest) {
        var hex = hex(digest);
        return root.resolve(hex.substring(0, 2)).resolve(hex.substring(2, 4)).resolve(hex);
    }

    /** The digits alone: nothing else ever becomes part of a path. */
    private static String hex(String digest) {
        var matcher = DIGEST.matcher(digest);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a digest: " + digest);
        }
        return matcher.group(1);
    }

    static String named(MessageDigest sha) {
        return "sha256:" + HexFormat.of().formatHex(sha.digest());
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // Swept on the next start.
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
