package dev.rondo.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The doors of one program, by the port of its own loopback interface behind which each stands. */
record Doors(Map<Integer, Doorway> byPort) implements AutoCloseable {
    static final Doors NONE = new Doors(Map.of());
    private static final int SERVER = 80;

    static Doors open(Map<Integer, InetSocketAddress> led) {
        var opened = new TreeMap<Integer, Doorway>();
        led.forEach((port, address) -> opened.put(port, new Doorway(() -> address)));
        return new Doors(opened);
    }

    /** For the relay: port and socket of each, a line each; no file where there is none. */
    void write(Path file, Optional<Doorway> server) throws IOException {
        var lines = new ArrayList<String>();
        server.ifPresent(own -> {
            lines.add(String.valueOf(SERVER));
            lines.add(own.socket().toString());
        });
        byPort.forEach((port, door) -> {
            if (server.isEmpty() || port != SERVER) {
                lines.add(String.valueOf(port));
                lines.add(door.socket().toString());
            }
        });
        if (!lines.isEmpty()) {
            Files.write(file, lines);
        }
    }

    @Override
    public void close() {
        byPort.values().forEach(Doorway::close);
    }
}
