package dev.rondo.containers;

import dev.rondo.jobs.LineCutter;
import dev.rondo.sandbox.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The {@code docker} command. It sees nothing of the server's environment but what names the engine
 * and its owner's credentials, so that no option of a workflow can read more.
 */
final class Docker {
    static final Duration SHORT = Duration.ofSeconds(60);
    private static final int SAID_CHARS = 256 << 10;
    private static final List<String> SEEN =
            List.of(
                    "PATH",
                    "HOME",
                    "DOCKER_HOST",
                    "DOCKER_CONTEXT",
                    "DOCKER_CONFIG",
                    "DOCKER_TLS_VERIFY",
                    "DOCKER_CERT_PATH",
                    "XDG_RUNTIME_DIR");

    private final Map<String, String> environment;

    /** How a command ended, with the beginning of what it printed. */
    record Said(int code, String text) {
        boolean good() {
            return code == 0;
        }

        /** The last line, mostly the reason. */
        String last() {
            return text.strip().lines().reduce((first, second) -> second).orElse("");
        }
    }

    /** How a command is run. */
    record How(Duration time, BooleanSupplier cancelled, Consumer<String> lines) {
        static How quietly() {
            return new How(SHORT, () -> false, line -> {});
        }
    }

    /**
     * @param host an address as in {@code DOCKER_HOST}; without one the command's own
     */
    Docker(Optional<String> host) {
        var seen = new TreeMap<String, String>();
        for (String name : SEEN) {
            String value = System.getenv(name);
            if (value != null) {
                seen.put(name, value);
            }
        }
        host.ifPresent(address -> seen.put("DOCKER_HOST", address));
        this.environment = Map.copyOf(seen);
    }

    /** Runs a short command quietly. */
    Said run(String... words) throws InterruptedException {
        return run(List.of(words), How.quietly());
    }

    Said run(List<String> words, How how) throws InterruptedException {
        return run(words, "", how);
    }

    /**
     * @param input what it reads
     */
    Said run(List<String> words, String input, How how) throws InterruptedException {
        Process process = start(words);
        var said = new StringBuilder();
        Thread reader =
                Thread.ofVirtual()
                        .start(() ->
                                read(
                                        process.getInputStream(),
                                        line -> {
                                            if (said.length() < SAID_CHARS) {
                                                said.append(line).append('\n');
                                            }
                                            how.lines().accept(line);
                                        }));
        try {
            try (var out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                // it did not read: its end says why
            }
            long end = System.nanoTime() + how.time().toNanos();
            while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
                if (how.cancelled().getAsBoolean()) {
                    throw new IllegalStateException("The operation was canceled.");
                }
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "docker %s did not end within %d s"
                                    .formatted(words.getFirst(), how.time().toSeconds()));
                }
            }
            reader.join();
            return new Said(process.exitValue(), said.toString());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts a command; both its streams come as one. */
    Process start(List<String> words) {
        var command = new ArrayList<String>();
        command.add("docker");
        command.addAll(words);
        var builder =
                new ProcessBuilder(command)
                        .directory(Path.of("/").toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Containers need the program docker, which cannot be started here: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void read(InputStream from, Consumer<String> lines) {
        var cutter = new LineCutter(lines);
        pump(from, cutter::accept);
        cutter.end();
    }

    /** Passes on what comes until there is no more. */
    static void pump(InputStream from, Output.Sink sink) {
        byte[] buffer = new byte[64 << 10];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                sink.accept(buffer, 0, read);
            }
        } catch (IOException closed) {
            // the process was destroyed
        }
    }
}
