package dev.rondo.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The scripts of this module, which lie in its jar and run from the data folder. */
final class Scripts {
    private Scripts() {}

    static void unpack(String resource, Path file) throws IOException {
        try (var in = Scripts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            Files.write(file, in.readAllBytes());
        }
    }
}
