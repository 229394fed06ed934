package dev.rondo.kits.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real git client in a folder of its own, with a clean configuration. */
public final class Shell {

    public record Result(int code, String text) {

        public Result succeeds() {
            if (code != 0) {
                throw new AssertionError("git failed with " + code + ":\n" + text);
            }
            return this;
        }
    }

    private final Path folder;

    public Shell(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    public Shell in(String name) {
        return new Shell(folder.resolve(name));
    }

    public String git(String... args) {
        return tryGit(args).succeeds().text();
    }

    public Result tryGit(String... args) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        return finish(start(command));
    }

    public Process startGit(String... args) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        return start(command);
    }

    private Process start(List<String> command) {
        try {
            Files.createDirectories(folder);
            var builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true);
            var env = builder.environment();
            String path = env.getOrDefault("PATH", "/usr/bin:/bin");
            env.clear();
            env.put("PATH", path);
            env.put("HOME", folder.toString());
            env.put("GIT_CONFIG_NOSYSTEM", "1");
            env.put("GIT_TERMINAL_PROMPT", "0");
            env.put("LANG", "C.UTF-8");
            for (String who : List.of("AUTHOR", "COMMITTER")) {
                env.put("GIT_" + who + "_NAME", "Maria Muster");
                env.put("GIT_" + who + "_EMAIL", "maria@example.org");
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Result finish(Process process) {
        try {
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void write(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file, commits it and returns the commit. */
    public String commit(String name, String content, String message) {
        write(name, content);
        git("add", "--all");
        git("commit", "--quiet", "--message", message);
        return head();
    }

    public String head() {
        return git("rev-parse", "HEAD").strip();
    }
}
