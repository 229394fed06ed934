package dev.rondo.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** What a developer does with the real git: clone, change, commit, push. */
final class DemoGit {

    private static final Set<String> LEFT_OUT =
            Set.of("node_modules", "dist", "reports", "coverage", ".git", "target", "build");

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern CONNECTION =
            Pattern.compile(
                    "(?i)failed to connect|couldn't connect|connection refused|reset|empty reply"
                            + "|hung up|unexpected disconnect|early eof|recv failure|HTTP 50[0-9]");

    private final Path folder;
    private final String remote;

    /**
     * @param remote with the token in the place of the password
     */
    DemoGit(Path folder, String remote) {
        this.folder = folder;
        this.remote = remote;
    }

    Path folder() {
        return folder;
    }

    void init(String name, String email) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        run(folder, "git", "init", "-q", "-b", "main");
        run(folder, "git", "config", "user.name", name);
        run(folder, "git", "config", "user.email", email);
        run(folder, "git", "remote", "add", "origin", remote);
    }

    /** Copies a folder without what building leaves behind. */
    void copyFrom(Path source) {
        try {
            Files.walkFileTree(
                    source,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path directory, BasicFileAttributes attributes) throws IOException {
                            if (LEFT_OUT.contains(String.valueOf(directory.getFileName()))) {
                                return FileVisitResult.SKIP_SUBTREE;
                            }
                            Files.createDirectories(
                                    folder.resolve(source.relativize(directory).toString()));
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.copy(file, folder.resolve(source.relativize(file).toString()));
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The first step is the folder itself, each other one a patch. Nothing is done twice. */
    void apply(DemoProject project, String step) {
        var patch = project.change(step).resolve("change.patch");
        if (Files.isRegularFile(patch)) {
            run(folder, "git", "apply", "--whitespace=nowarn", patch.toString());
        } else {
            copyFrom(project.source());
        }
    }

    /** Commits everything; answers the commit's name. */
    String commit(String message) {
        run(folder, "git", "add", "-A");
        run(folder, "git", "commit", "-q", "-m", message);
        return run(folder, "git", "rev-parse", "HEAD").strip();
    }

    /** A push that the server did not survive is made again: git finds out what is missing. */
    void push() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                run(folder, "git", "push", "-q", "origin", "main");
                return;
            } catch (DemoProblem failed) {
                if (!CONNECTION.matcher(String.valueOf(failed.getMessage())).find()
                        || System.nanoTime() > until) {
                    throw failed;
                }
                LockSupport.parkNanos(200_000_000);
            }
        }
    }

    private String run(Path directory, String... command) {
        var all = new ArrayList<>(List.of(command));
        try {
            var builder = new ProcessBuilder(all).directory(directory.toFile());
            builder.environment()
                    .putAll(
                            Map.of(
                                    "GIT_TERMINAL_PROMPT", "0",
                                    "GIT_CONFIG_GLOBAL", "/dev/null",
                                    "GIT_CONFIG_NOSYSTEM", "1"));
            builder.redirectErrorStream(true);
            var process = builder.start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new DemoProblem(command[0] + " " + command[1] + " failed: " + output.strip());
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoProblem("interrupted");
        }
    }
}
