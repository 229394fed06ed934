package dev.rondo.jobs;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Artifacts are ZIP files, as GitHub's clients make and read them; those made here also say which
 * files are executable. All times in them are the same, so that equal files give equal digests.
 */
final class ZipFiles {

    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int BUFFER = 1 << 17;
    private static final int SAMPLE = 1 << 16;

    private ZipFiles() {}

    /** An archive cannot be unpacked; says why. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why, null, false, false);
        }
    }

    /** A file of a tree and the name that it gets. */
    record Packed(SafeTree tree, SafeTree.Entry file, String name) {}

    /**
     * Packs files, in this order, into a new file.
     *
     * @param level 0 to 9
     */
    static void pack(List<Packed> files, int level, Path into) throws IOException {
        try (var out =
                new ZipArchiveOutputStream(
                        Files.newByteChannel(
                                into,
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.READ))) {
            out.setUseZip64(Zip64Mode.AsNeeded);
            out.setLevel(level);
            for (Packed packed : files) {
                SafeTree.Entry file = packed.file();
                var entry = new ZipArchiveEntry(packed.name());
                entry.setTimeLocal(TIME);
                entry.setUnixMode(0100000 | (file.executable() ? 0755 : 0644));
                entry.setSize(file.size());
                packed.tree()
                        .read(
                                file.path(),
                                in -> {
                                    put(in, entry, out, level);
                                    return file;
                                });
            }
        }
    }

    /** What is packed already is only put in: trying costs minutes a gigabyte and gives nothing. */
    private static void put(
            InputStream in, ZipArchiveEntry entry, ZipArchiveOutputStream out, int level)
            throws IOException {
        var head = in.readNBytes((int) Math.min(SAMPLE, entry.getSize()));
        if (level == Deflater.NO_COMPRESSION || !shrinks(head)) {
            entry.setMethod(ZipEntry.STORED);
        }
        out.putArchiveEntry(entry);
        out.write(head);
        copy(in, out, entry.getSize() - head.length, entry.getName());
        out.closeArchiveEntry();
    }

    /** By a twentieth at least, even when little is tried. */
    private static boolean shrinks(byte[] head) {
        try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(head);
            deflater.finish();
            int most = head.length - head.length / 20;
            return deflater.deflate(new byte[most + 1]) <= most;
        }
    }

    /** Exactly so many bytes: a file may grow while it is packed. */
    private static void copy(InputStream in, OutputStream out, long size, String name)
            throws IOException {
        var buffer = new byte[BUFFER];
        long left = size;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException(name + " became shorter while it was packed");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    /**
     * Writes the files of an archive as a tar file for the tar inside a job. What could land
     * outside a folder is refused; links and devices are left out.
     */
    static void toTar(Path zip, Path tar) throws IOException, Unusable {
        long bytes = 0;
        int entries = 0;
        try (var in = ZipFile.builder().setPath(zip).get();
                var out =
                        new TarArchiveOutputStream(
                                new BufferedOutputStream(
                                        Files.newOutputStream(tar, StandardOpenOption.CREATE_NEW),
                                        BUFFER))) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            var all = in.getEntriesInPhysicalOrder();
            while (all.hasMoreElements()) {
                var entry = all.nextElement();
                requireInside(entry.getName());
                bytes += Math.max(0, entry.getSize());
                if (++entries > Limits.TREE_FILES || bytes > Limits.ARCHIVE_BYTES) {
                    throw new Unusable(
                            "the archive has more than %d files or %d GiB"
                                    .formatted(Limits.TREE_FILES, Limits.ARCHIVE_BYTES >> 30));
                }
                if (!entry.isDirectory() && !entry.isUnixSymlink()) {
                    put(in, entry, out);
                }
            }
        }
    }

    private static void put(ZipFile in, ZipArchiveEntry entry, TarArchiveOutputStream out)
            throws IOException, Unusable {
        var file = new TarArchiveEntry(entry.getName(), TarArchiveEntry.LF_NORMAL);
        file.setSize(entry.getSize());
        file.setMode((entry.getUnixMode() & 0100) != 0 ? 0100755 : 0100644);
        file.setModTime(entry.getTime() < 0 ? 0 : entry.getTime());
        out.putArchiveEntry(file);
        try (var content = in.getInputStream(entry)) {
            copy(content, out, entry.getSize(), entry.getName());
            if (content.read() >= 0) {
                throw new Unusable(entry.getName() + " is larger than the archive says");
            }
        }
        out.closeArchiveEntry();
    }

    static void requireInside(String name) throws Unusable {
        boolean inside =
                !name.isEmpty()
                        && !name.startsWith("/")
                        && name.indexOf('\\') < 0
                        && name.chars().noneMatch(c -> c < 32)
                        && List.of(name.split("/", -1)).stream().noneMatch(".."::equals);
        if (!inside) {
            throw new Unusable("the archive has a file that would land outside: " + name);
        }
    }
}
