package dev.rondo.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The scripts of this module, which lie in its jar and run from the data folder. */
final class Scripts {
    private static final List<String> HEARING =
            List.of("perl", "-e", "$SIG{$_} = 'DEFAULT' for qw(HUP INT QUIT PIPE); exec @ARGV");

    private Scripts() {}

    /**
     * What goes in front of a command so that it hears all signals. Programs inherit which ones are
     * ignored, and no shell can take that back: whoever starts Rondo in the background of a script
     * or with nohup would make jobs deaf for being cancelled.
     */
    static List<String> hearing() {
        return ProcFiles.ignoresSignals() ? HEARING : List.of();
    }

    static void unpack(String resource, Path file) throws IOException {
        try (var in = Scripts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            Files.write(file, in.readAllBytes());
        }
    }
}
