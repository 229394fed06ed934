package dev.rondo.kits.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One Docker Engine for all test processes that run at the same time: the first one starts it, the
 * last one stops it. Engines side by side would take the firewall's chains from each other.
 *
 * <p>Each process holds a shared lock on {@code users}, which the system takes back however the
 * process ends; {@code gate} lets one at a time come or go.
 */
final class SharedEngine {
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final FileChannel gate;
    private final FileChannel users;

    private SharedEngine(Path folder) throws IOException {
        this.folder = folder;
        this.gate = open(folder.resolve("gate"));
        this.users = open(folder.resolve("users"));
    }

    /** Comes in, and goes when this process ends. Gives the address, as in {@code DOCKER_HOST}. */
    static String join() {
        try {
            // Only root starts an engine, and nobody else may write here.
            Path folder = Path.of("/run/rondo-tests-docker");
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            var engine = new SharedEngine(folder);
            engine.come();
            Runtime.getRuntime().addShutdownHook(new Thread(engine::go));
            return engine.address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private String address() {
        return "unix://" + folder.resolve("engine.sock");
    }

    @SuppressWarnings("try") // the lock is held, not used
    private void come() throws IOException {
        try (FileLock alone = gate.lock()) {
            if (!answers()) {
                start();
            }
            users.lock(0, Long.MAX_VALUE, true);
        }
    }

    @SuppressWarnings("try") // the locks are held, not used
    private void go() {
        try (FileLock alone = gate.lock()) {
            users.close();
            try (FileChannel others = open(folder.resolve("users"));
                    FileLock last = others.tryLock()) {
                if (last != null) {
                    stop();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start() throws IOException {
        stop();
        Path data = Files.createTempDirectory("rondo-docker-");
        Files.writeString(folder.resolve("data"), data.toString());
        Process process =
                new ProcessBuilder(
                                "dockerd",
                                "--data-root",
                                data.resolve("data").toString(),
                                "--exec-root",
                                folder.resolve("exec").toString(),
                                "--pidfile",
                                folder.resolve("pid").toString(),
                                "--bridge=none",
                                "--host",
                                address())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "dockerd does not answer: " + Files.readString(folder.resolve("log")));
            }
        }
    }

    private boolean answers() {
        try {
            DockerDaemon.client(address(), "version");
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    /** Also what is left of one that somebody killed. */
    private void stop() throws IOException {
        Path pid = folder.resolve("pid");
        if (Files.exists(pid)) {
            end(Long.parseLong(Files.readString(pid).strip()));
        }
        Path data = folder.resolve("data");
        if (Files.exists(data)) {
            DockerDaemon.remove(Path.of(Files.readString(data)));
            Files.delete(data);
        }
    }

    private static void end(long pid) {
        Optional<ProcessHandle> engine =
                ProcessHandle.of(pid)
                        .filter(one -> one.info().command().orElse("").endsWith("dockerd"));
        if (engine.isEmpty()) {
            return;
        }
        engine.get().destroy();
        try {
            engine.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            engine.get().destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
