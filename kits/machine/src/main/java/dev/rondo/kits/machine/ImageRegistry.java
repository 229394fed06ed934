package dev.rondo.kits.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A registry of images from Debian's package docker-registry, on the loopback interface, which
 * shows nothing to who does not name {@link #ACCOUNT} and {@link #PASSWORD}.
 */
public final class ImageRegistry implements AutoCloseable {
    public static final String ACCOUNT = "olga";
    public static final String PASSWORD = "deep-secret";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Of {@link #PASSWORD}, by bcrypt. */
    private static final String HASH =
            "$2y$05$abcdefghijklmnopqrstuu3lBIlG2iRLTEF1HWCZfor7svLKJz5qu";

    private final Process process;
    private final int port;

    /** What is missing on this machine, or nothing. */
    public static String lacking() {
        return Files.isExecutable(Path.of("/usr/bin/docker-registry"))
                ? ""
                : "docker-registry is missing: apt-get install docker-registry";
    }

    /**
     * @param folder where its images lie
     */
    public ImageRegistry(Path folder) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        Files.createDirectories(folder);
        Path accounts = folder.resolve("htpasswd");
        Files.writeString(accounts, ACCOUNT + ":" + HASH + "\n");
        Path settings = folder.resolve("config.yml");
        Files.writeString(
                settings,
                """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                auth: {htpasswd: {realm: tests, path: %s}}
                """
                        .formatted(folder.resolve("images"), port, accounts));
        this.process =
                new ProcessBuilder("/usr/bin/docker-registry", "serve", settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException(
                        "docker-registry: " + Files.readString(folder.resolve("log")));
            }
        }
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As it stands in front of an image's name. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
