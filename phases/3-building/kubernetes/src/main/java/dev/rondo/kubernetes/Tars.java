package dev.rondo.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Archives whose entries are named by their whole paths, without the slash in front. */
final class Tars {
    private static final int EXECUTABLE = 0111;
    private static final int BITS = 0777;
    private static final long MOST_BYTES = 10L << 30;

    private Tars() {}

    static void write(Collection<Path> files, OutputStream to) throws IOException {
        var out = new TarArchiveOutputStream(to);
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        for (Path file : files) {
            if (Files.isSymbolicLink(file)) {
                continue;
            }
            boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
            var entry = new TarArchiveEntry(file.toString().substring(1) + (folder ? "/" : ""));
            entry.setMode(mode(file));
            entry.setModTime(Files.getLastModifiedTime(file));
            entry.setSize(folder ? 0 : Files.size(file));
            out.putArchiveEntry(entry);
            if (!folder) {
                Files.copy(file, out);
            }
            out.closeArchiveEntry();
        }
        out.finish();
        out.flush();
    }

    private static int mode(Path file) throws IOException {
        int mode = 0;
        for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
            mode |= 1 << (PosixFilePermission.values().length - 1 - permission.ordinal());
        }
        return mode;
    }

    /**
     * Takes the wanted files and no other; whoever packed them is not trusted. Nobody else writes
     * below the root, so that what was checked stays so.
     *
     * @param root in which all of them lie
     */
    static void read(InputStream from, Path root, Collection<Path> wanted) throws IOException {
        var open = new HashSet<>(wanted);
        var in = new TarArchiveInputStream(from);
        long total = 0;
        for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            Path file = Path.of("/" + entry.getName()).normalize();
            if (!open.remove(file) || !file.startsWith(root)) {
                continue;
            }
            total += entry.getSize();
            if (total > MOST_BYTES) {
                throw new IllegalStateException(
                        "The job's files are larger than %d GiB: they are not brought from its pod"
                                .formatted(MOST_BYTES >> 30));
            }
            folders(root, Objects.requireNonNull(file.getParent()));
            Files.deleteIfExists(file);
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            } else if (entry.isLink()) {
                link(file, Path.of("/" + entry.getLinkName()).normalize(), wanted);
            } else if (entry.isFile()) {
                Files.copy(in, file);
                Files.setPosixFilePermissions(file, permissions(entry.getMode()));
            }
        }
    }

    /** A second name of a file that stands in front of it. */
    private static void link(Path file, Path first, Collection<Path> wanted) throws IOException {
        if (wanted.contains(first) && Files.isRegularFile(first, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(first, file);
        }
    }

    /** Real folders, where a link of the job's might stand. */
    private static void folders(Path root, Path folder) throws IOException {
        Path place = root;
        for (Path name : root.relativize(folder)) {
            place = place.resolve(name);
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(place);
                Files.createDirectory(place);
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions = new HashSet<PosixFilePermission>();
        permissions.add(PosixFilePermission.OWNER_READ);
        permissions.add(PosixFilePermission.OWNER_WRITE);
        if ((mode & EXECUTABLE & BITS) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
        }
        return permissions;
    }
}
