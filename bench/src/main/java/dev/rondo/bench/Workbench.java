package dev.rondo.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A folder and processes of one measurement. Closing ends the processes, the newest first, and
 * removes the folder; a shutdown hook does so when the program is interrupted.
 */
final class Workbench implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 15;

    private final Path folder;
    private final Deque<Process> processes = new ArrayDeque<>();
    private final Thread hook = new Thread(this::tidy, "workbench");

    private Workbench(Path folder) {
        this.folder = folder;
    }

    static Workbench open(String name) throws IOException {
        var folder = Files.createTempDirectory("rondo-bench-" + name + "-");
        // The database's server runs as another user and has to pass.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        var bench = new Workbench(folder);
        Runtime.getRuntime().addShutdownHook(bench.hook);
        return bench;
    }

    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path folder(String name) {
        try {
            return Files.createDirectories(path(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(path(name), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts a process that is ended with the workbench; its output goes to a file. */
    Process start(Path directory, Path output, List<String> command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectInput(new File("/dev/null"))
                            .redirectOutput(output.toFile())
                            .start();
            synchronized (processes) {
                processes.push(process);
            }
            return process;
        } catch (IOException missing) {
            throw new BenchFailure("cannot start " + command.getFirst(), missing);
        }
    }

    void stop(Process process) {
        // Some, such as fcgiwrap, leave their workers behind.
        var workers = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        workers.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroy);
    }

    /** Runs a command to its end and answers what it printed. */
    String run(Path directory, String... command) {
        try {
            var builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment()
                    .putAll(
                            Map.of(
                                    "GIT_TERMINAL_PROMPT", "0",
                                    "GIT_CONFIG_GLOBAL", "/dev/null",
                                    "GIT_CONFIG_NOSYSTEM", "1"));
            var process =
                    builder.redirectErrorStream(true).redirectInput(new File("/dev/null")).start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchFailure(String.join(" ", command) + ": " + output.strip());
            }
            return output;
        } catch (IOException missing) {
            throw new BenchFailure("cannot start " + command[0], missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException left) {
            System.err.println("bench: left behind: " + folder);
        }
    }

    private void tidy() {
        synchronized (processes) {
            while (!processes.isEmpty()) {
                stop(processes.pop());
            }
        }
        delete(folder);
    }

    @Override
    public void close() {
        tidy();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs at this moment, and finds nothing more to do.
        }
    }
}
