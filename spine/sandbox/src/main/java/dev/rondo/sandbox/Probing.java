package dev.rondo.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries what the sandbox needs and says what to do where it does not work. */
final class Probing {

    private static final Map<String, String> PACKAGES =
            Map.of(
                    "bwrap", "bubblewrap",
                    "slirp4netns", "slirp4netns",
                    "unshare", "util-linux",
                    "setpriv", "util-linux",
                    "prlimit", "util-linux",
                    "setsid", "util-linux",
                    "nsenter", "util-linux",
                    "perl", "perl-base",
                    "bash", "bash",
                    "mkfifo", "coreutils");

    private final Sandbox sandbox;

    Probing(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    Probe probe(String limits) {
        var problems = new ArrayList<String>();
        for (var tool : PACKAGES.entrySet()) {
            boolean walls = tool.getKey().equals("bwrap") || tool.getKey().equals("slirp4netns");
            if (!(walls && sandbox.mode() == Sandbox.Mode.OFF) && !found(tool.getKey())) {
                problems.add(
                        "%s is missing: install the package %s"
                                .formatted(tool.getKey(), tool.getValue()));
            }
        }
        if (problems.isEmpty()) {
            for (var network : Network.values()) {
                tryOut(network)
                        .filter(problem -> !problems.contains(problem))
                        .ifPresent(problems::add);
            }
        }
        return new Probe(problems.isEmpty(), limits, List.copyOf(problems));
    }

    private Optional<String> tryOut(Network network) {
        try {
            var folder = Files.createTempDirectory("rondo-probe");
            try {
                var ending =
                        sandbox.start(program(folder, network), Output.merged((b, o, l) -> {}))
                                .await();
                return ending.succeeded()
                        ? Optional.empty()
                        : Optional.of("a trial program ended with " + ending);
            } finally {
                Files.delete(folder);
            }
        } catch (SandboxFailure e) {
            return Optional.of(
                    e.getMessage()
                            + " (namespaces of unprivileged users must be allowed:"
                            + " kernel.unprivileged_userns_clone=1, user.max_user_namespaces>0)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Program program(Path folder, Network network) {
        return new Program(
                List.of("true"),
                folder,
                Map.of(),
                List.of(Mount.writable(folder)),
                network,
                Limits.ofJob().withWallTime(Duration.ofSeconds(20)));
    }

    /** Where the programs are looked for that wall in others: in the server's own path. */
    private static boolean found(String tool) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        return Stream.of(path.split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
