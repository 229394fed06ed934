package dev.rondo.sandbox;

import java.nio.file.Path;

/**
 * A folder or file of the server that a program sees. With the sandbox off there is one file system
 * for all, so {@code inside} must equal {@code outside} there; the factories without a second path
 * make it so.
 */
public record Mount(Path outside, Path inside, boolean writable) {

    public Mount {
        outside = outside.toAbsolutePath().normalize();
        if (!inside.isAbsolute()) {
            throw new IllegalArgumentException("a mount point must be absolute: " + inside);
        }
    }

    public static Mount writable(Path path) {
        return new Mount(path, path.toAbsolutePath().normalize(), true);
    }

    public static Mount readOnly(Path path) {
        return new Mount(path, path.toAbsolutePath().normalize(), false);
    }
}
