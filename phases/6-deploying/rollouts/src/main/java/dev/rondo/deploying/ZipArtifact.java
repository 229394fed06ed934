package dev.rondo.deploying;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks an artifact that is a ZIP, under the same rules as a tar; links in it are left out. What
 * an entry says of its size is not believed: what is unpacked is counted.
 */
final class ZipArtifact {

    private ZipArtifact() {}

    static void unpack(Path zip, Path folder) throws IOException, Versions.Unusable {
        long left = Versions.MOST_BYTES;
        int entries = 0;
        try (var file = ZipFile.builder().setPath(zip).get()) {
            var all = file.getEntriesInPhysicalOrder();
            while (all.hasMoreElements()) {
                var entry = all.nextElement();
                if (++entries > Versions.MOST_ENTRIES) {
                    throw tooLarge();
                }
                left -= put(file, entry, folder, left);
            }
        }
    }

    private static long put(ZipFile file, ZipArchiveEntry entry, Path folder, long most)
            throws IOException, Versions.Unusable {
        var target = Versions.target(folder, entry.getName());
        if (target.equals(folder) || entry.isUnixSymlink()) {
            return 0;
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return 0;
        }
        Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
        Files.deleteIfExists(target);
        long written;
        try (var in = file.getInputStream(entry)) {
            written = copy(in, target, most);
        }
        Versions.permit(target, (entry.getUnixMode() & 0100) != 0);
        return written;
    }

    private static long copy(InputStream in, Path target, long most)
            throws IOException, Versions.Unusable {
        var buffer = new byte[1 << 16];
        long written = 0;
        try (var out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                written += read;
                if (written > most) {
                    throw tooLarge();
                }
                out.write(buffer, 0, read);
            }
        }
        return written;
    }

    private static Versions.Unusable tooLarge() {
        return new Versions.Unusable(
                Reason.of("artifact.large", Versions.MOST_ENTRIES, Versions.MOST_BYTES >> 30));
    }
}
