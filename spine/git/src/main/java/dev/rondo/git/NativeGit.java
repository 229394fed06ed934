package dev.rondo.git;

import dev.rondo.git.GitFailure.Category;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Starts git. It sees nothing of the server's environment and of the machine's git configuration;
 * what Rondo wants of it stands in a configuration file of its own, which a repository's own
 * configuration may override.
 */
final class NativeGit {

    private static final int BUSY_SECONDS = 30;

    /** Each waits on a thread of the web server, which has better to do. */
    private static final int MAX_WAITING = 16;

    private final GitSettings settings;
    private final Path config;
    private final Semaphore places;

    NativeGit(GitSettings settings) {
        this.settings = settings;
        this.config = settings.home().toAbsolutePath().resolve("gitconfig");
        this.places = new Semaphore(settings.maxProcesses(), true);
        try {
            Files.createDirectories(spool());
            Path fresh = Files.createTempFile(settings.home(), "gitconfig", null);
            Files.writeString(fresh, configuration());
            Files.move(fresh, config, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new GitFailure(Category.BROKEN, "cannot write " + config, e);
        }
    }

    GitSettings settings() {
        return settings;
    }

    Path spool() {
        return settings.home().toAbsolutePath().resolve("spool");
    }

    /** Faults that old, honest histories have are let in; what can hurt a checkout is not. */
    private String configuration() {
        return """
        [safe]
            directory = *
        [core]
            fsync = committed
        [init]
            defaultBranch = main
        [advice]
            detachedHead = false
        [protocol]
            allow = never
        [protocol "file"]
            allow = always
        [transfer]
            fsckObjects = true
        [receive]
            autogc = false
            maxInputSize = %d
        [receive "fsck"]
            zeroPaddedFilemode = ignore
            missingSpaceBeforeDate = ignore
            missingNameBeforeEmail = ignore
            badTimezone = ignore
            gitmodulesUrl = ignore
        [uploadpack]
            allowFilter = true
            allowAnySHA1InWant = true
        [gc]
            auto = 0
        [maintenance]
            auto = false
        [repack]
            writeBitmaps = true
        [pack]
            windowMemory = 256m
        """
                .formatted(settings.maxPushBytes());
    }

    /** Starts a process for a client once there is a place for one more. */
    GitProcess serve(Path repository, Redirect input, List<String> command, Map<String, String> env)
            throws IOException {
        try {
            boolean hopeless = places.getQueueLength() >= MAX_WAITING;
            if (hopeless || !places.tryAcquire(BUSY_SECONDS, TimeUnit.SECONDS)) {
                throw new GitFailure(Category.BUSY, "too many fetches and pushes at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GitFailure(Category.BUSY, "interrupted", e);
        }
        try {
            Process process = builder(repository, command, env).redirectInput(input).start();
            return new GitProcess(process, settings.maxTime(), places::release);
        } catch (IOException | RuntimeException e) {
            places.release();
            throw e;
        }
    }

    /** Runs git to its end and returns what it printed; another exit code than 0 is a failure. */
    String run(Path folder, String... command) {
        return run(folder, Map.of(), command)
                .orElseThrow(
                        () -> new GitFailure(Category.BROKEN, "git " + command[0] + " failed"));
    }

    /** Like {@link #run(Path, String...)}, where exit code 1 is an answer: no. */
    Optional<String> run(Path folder, Map<String, String> env, String... command) {
        return end(builder(folder, List.of(command), env), "git " + command[0]);
    }

    /** Runs git where no file that it writes may be larger; it is killed where one would be. */
    void limited(Path folder, Map<String, String> env, long maxBytes, List<String> command) {
        var builder = builder(folder, command, env);
        // counts in units of 1,024 bytes
        var line =
                new ArrayList<>(
                        List.of(
                                "bash",
                                "-c",
                                "ulimit -f $0 && exec \"$@\"",
                                String.valueOf(Math.max(1, maxBytes >> 10))));
        line.addAll(builder.command());
        builder.command(line);
        String what = "git " + command.getFirst();
        if (end(builder, what).isEmpty()) {
            throw new GitFailure(Category.BROKEN, what + " failed");
        }
    }

    private Optional<String> end(ProcessBuilder builder, String what) {
        try (var git =
                new GitProcess(
                        builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile())).start(),
                        settings.maxTime(),
                        () -> {})) {
            String printed = new String(git.output().readAllBytes(), StandardCharsets.UTF_8);
            int code = git.exitCode();
            if (code > 1) {
                throw new GitFailure(Category.BROKEN, what + ": " + git.complaints());
            }
            return code == 0 ? Optional.of(printed) : Optional.empty();
        } catch (IOException e) {
            throw new GitFailure(Category.BROKEN, what + " did not run", e);
        }
    }

    private ProcessBuilder builder(Path folder, List<String> command, Map<String, String> env) {
        var line = new ArrayList<String>();
        line.add("git");
        line.addAll(command);
        var builder = new ProcessBuilder(line).directory(folder.toFile());
        String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().putAll(env);
        builder.environment().put("PATH", path);
        builder.environment().put("HOME", settings.home().toAbsolutePath().toString());
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", config.toString());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        return builder;
    }
}
