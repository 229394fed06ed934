package dev.rondo.deploying;

import dev.rondo.store.Blobs;
import dev.rondo.store.Ids;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts unpacked, once per digest. An archive is not trusted: nothing of it may land outside
 * its folder, by name or by link, and its size and count have limits. A folder appears whole or not
 * at all.
 */
final class Versions {

    static final long MOST_BYTES = 8L << 30;
    static final int MOST_ENTRIES = 300_000;

    private final Path root;
    private final Blobs blobs;

    Versions(Path root, Blobs blobs) {
        this.root = root;
        this.blobs = blobs;
    }

    /** The artifact cannot be unpacked; says why. */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;
        private final transient Reason reason;

        Unusable(Reason reason) {
            super(reason.toString());
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }

    /** The folder of an artifact, unpacked if it was not yet. */
    synchronized Path folder(String digest) throws Unusable {
        var folder = root.resolve(digest.substring(digest.indexOf(':') + 1));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        var half = root.resolve("half-" + Ids.next());
        try {
            Files.createDirectories(half);
            if (isZip(digest)) {
                ZipArtifact.unpack(blobs.path(digest).orElseThrow(() -> missing(digest)), half);
            } else {
                try (var in = blobs.open(digest).orElseThrow(() -> missing(digest))) {
                    unpack(in, half);
                }
            }
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
            return folder;
        } catch (IOException broken) {
            delete(half);
            throw new Unusable(Reason.of("artifact.broken", String.valueOf(broken.getMessage())));
        } catch (Unusable refused) {
            delete(half);
            throw refused;
        }
    }

    /** By its first bytes: artifacts are ZIP files, those of former versions gzipped tars. */
    private boolean isZip(String digest) throws IOException, Unusable {
        try (var in = blobs.open(digest).orElseThrow(() -> missing(digest))) {
            var first = in.readNBytes(4);
            return first.length == 4 && first[0] == 'P' && first[1] == 'K';
        }
    }

    private static Unusable missing(String digest) {
        return new Unusable(Reason.of("artifact.missing", digest));
    }

    private static void unpack(InputStream in, Path folder) throws IOException, Unusable {
        long bytes = 0;
        int entries = 0;
        try (var tar =
                new TarArchiveInputStream(
                        new GZIPInputStream(new BufferedInputStream(in, 1 << 16), 1 << 16))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                bytes += Math.max(0, entry.getSize());
                if (++entries > MOST_ENTRIES || bytes > MOST_BYTES) {
                    throw new Unusable(Reason.of("artifact.large", MOST_ENTRIES, MOST_BYTES >> 30));
                }
                put(tar, entry, folder);
            }
        }
    }

    /** Where an entry goes; never outside of the folder. */
    static Path target(Path folder, String name) throws Unusable {
        var target = folder.resolve(name.replaceFirst("^(\\./)+", "")).normalize();
        if (!target.startsWith(folder) || name.startsWith("/") || name.indexOf('\0') >= 0) {
            throw new Unusable(Reason.of("artifact.path", name));
        }
        return target;
    }

    private static void put(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException, Unusable {
        var name = entry.getName();
        var target = target(folder, name);
        if (target.equals(folder)) {
            return;
        }
        var parent = java.util.Objects.requireNonNull(target.getParent());
        requireNoLink(folder, parent, name);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            var leads = parent.resolve(entry.getLinkName()).normalize();
            if (!leads.startsWith(folder)) {
                throw new Unusable(Reason.of("artifact.path", name + " → " + entry.getLinkName()));
            }
            Files.createDirectories(parent);
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.createDirectories(parent);
            Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
            permit(target, (entry.getMode() & 0100) != 0);
        }
        // Devices, pipes and hard links have no place in an artifact and are left out.
    }

    static void permit(Path file, boolean runs) throws IOException {
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(runs ? "r-xr-xr-x" : "r--r--r--"));
    }

    /** A link that lies in the way could lead outside although the name does not. */
    private static void requireNoLink(Path folder, Path parent, String name) throws Unusable {
        for (@Nullable Path path = parent;
                path != null && !path.equals(folder);
                path = path.getParent()) {
            if (Files.isSymbolicLink(path)) {
                throw new Unusable(Reason.of("artifact.path", name));
            }
        }
    }

    /** Deletes what no version that is wanted needs. */
    synchronized void sweep(Set<String> digests) throws IOException {
        Files.createDirectories(root);
        try (var folders = Files.list(root)) {
            for (var folder : folders.toList()) {
                if (!digests.contains("sha256:" + folder.getFileName())) {
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes seen)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path dir, @Nullable IOException broken) throws IOException {
                            Files.delete(dir);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException left) {
            // Swept again on the next start.
        }
    }
}
