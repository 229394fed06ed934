package dev.rondo.store;

import java.io.IOException;
import java.nio.file.Path;

/** A second process: takes the data directory, says so, and waits to be ended. */
final class HoldDirectory {

    private HoldDirectory() {}

    public static void main(String[] args) throws IOException {
        try (var directory = DataDirectory.open(Path.of(args[0]))) {
            System.out.println("held " + directory.root());
            System.out.flush();
            var ended = System.in.read();
            System.out.println("ended " + ended);
        }
    }
}
