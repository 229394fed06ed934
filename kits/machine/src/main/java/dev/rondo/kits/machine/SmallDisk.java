package dev.rondo.kits.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file system of a few megabytes, in memory, that can be filled and freed again. Only root may
 * mount one: ask {@link #possible} first.
 */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether this process may mount: else the test says what was missing and is skipped. */
    public static boolean possible() {
        try (var disk = mount(1)) {
            return Files.isDirectory(disk.folder);
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    public static SmallDisk mount(int megabytes) {
        try {
            var folder = Files.createTempDirectory("rondo-disk-");
            try {
                run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + megabytes + "m",
                        "rondo-test",
                        folder.toString());
            } catch (IllegalStateException refused) {
                Files.delete(folder);
                throw refused;
            }
            return new SmallDisk(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Path folder() {
        return folder;
    }

    /** Takes a part of it, to be freed later. */
    public void take(int megabytes) {
        append(new byte[megabytes << 20]);
    }

    /** Takes what is left, to the last byte. */
    public void fill() {
        for (int size = 1 << 20; size > 0; size /= 2) {
            while (append(new byte[size])) {
                // Until it is full; then once more in smaller pieces.
            }
        }
    }

    private boolean append(byte[] bytes) {
        try (var out =
                Files.newOutputStream(
                        ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(bytes);
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    /** Gives back what was taken. */
    public void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public void remount(String options) {
        run("mount", "-o", "remount," + options, folder.toString());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() {
        // Lazily: a process that ends just now may still have a file open.
        run("umount", "-l", folder.toString());
        try {
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(List.of(command) + ": " + said);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
