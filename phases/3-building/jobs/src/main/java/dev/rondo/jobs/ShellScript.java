package dev.rondo.jobs;

import dev.rondo.actions.ExpressionFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A {@code run} as files: the script, and around it folder, variables and shell. */
record ShellScript(Path file) {
    /** The first Python that works: a shim on the PATH may lead to one that cannot be seen here. */
    private static final String PYTHON =
            "for python in python python3 /usr/bin/python3; do"
                    + " \"$python\" -c pass 2>/dev/null && exec \"$python\" \"$0\"; done;"
                    + " echo 'Python is not on this machine' >&2; exit 127";

    /**
     * Names of variables that mean nothing to any shell, so that the one which reads the file can
     * set them; all others are set by a program, which costs as much as starting the shell.
     */
    private static final Pattern PLAIN =
            Pattern.compile("CI|HOME|(?:GITHUB|RUNNER|INPUT|ACTIONS|npm_config)_[A-Za-z0-9_]+");

    /** Where a script runs and with what. */
    record Around(Path steps, int place, Path folder, Map<String, String> env) {}

    /** Says which program is missing before it is started. */
    private static final String FOUND =
            "sh -c "
                    + quote(
                            "command -v \"$1\" >/dev/null || {"
                                    + " echo \"::error::$1: command not found\"; exit 127; };"
                                    + " exec \"$@\"")
                    + " sh ";

    /**
     * @param shell as written: empty, one of GitHub's names, or a command with {@code {0}}
     */
    static ShellScript write(Around around, String text, String shell) {
        Path script =
                around.steps()
                        .resolve(around.place() + (shell.startsWith("python") ? ".py" : ".sh"));
        try {
            Files.writeString(script, text.endsWith("\n") ? text : text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write(around, command(shell, script.toString()));
    }

    /**
     * @param command a line of sh, quoted where it must be
     */
    static ShellScript write(Around around, String command) {
        Path file = around.steps().resolve(around.place() + ".step");
        var lines = new StringBuilder();
        lines.append("cd ").append(quote(around.folder().toString())).append(" || exit 1\n");
        var others = new TreeMap<>(around.env());
        others.keySet().removeIf(name -> PLAIN.matcher(name).matches());
        // The program that sets the others is looked for before the PATH changes.
        boolean plain = others.keySet().equals(Set.of("PATH"));
        around.env()
                .forEach((name, value) -> {
                    if (plain || !others.containsKey(name)) {
                        lines.append("export ")
                                .append(name)
                                .append('=')
                                .append(quote(value))
                                .append('\n');
                    }
                });
        lines.append("exec ");
        if (!plain) {
            lines.append("env ");
            others.forEach(
                    (name, value) -> lines.append(quote(name + "=" + value)).append(" \\\n  "));
        }
        lines.append(command).append('\n');
        try {
            Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ShellScript(file);
    }

    /** How the log writes a shell, as GitHub's does. */
    static String title(String shell) {
        return switch (shell) {
            case "" -> "/usr/bin/bash -e {0}";
            case "bash" -> "/usr/bin/bash --noprofile --norc -e -o pipefail {0}";
            case "sh" -> "/usr/bin/sh -e {0}";
            case "python" -> "/usr/bin/python {0}";
            case "pwsh" -> "/usr/bin/pwsh -command \". '{0}'\"";
            default -> shell;
        };
    }

    /** The exact flags that GitHub uses (workflow syntax, {@code steps[*].shell}). */
    private static String command(String shell, String script) {
        String quoted = quote(script);
        return switch (shell) {
            case "" -> "bash -e " + quoted;
            case "bash" -> "bash --noprofile --norc -eo pipefail " + quoted;
            case "sh" -> "sh -e " + quoted;
            case "python" -> "sh -c " + quote(PYTHON) + " " + quoted;
            case "pwsh" -> FOUND + "pwsh -command \". '" + script + "'\"";
            default -> custom(shell, quoted);
        };
    }

    private static String custom(String shell, String script) {
        if (!shell.contains("{0}")) {
            throw ExpressionFault.failed(
                    "Invalid shell option. Shell must be a valid built-in (bash, sh, python, pwsh)"
                            + " or a format string containing '{0}'");
        }
        // words of the template stay words, what is special in a shell does not
        return FOUND
                + String.join(
                        " ",
                        List.of(shell.strip().split("\\s+")).stream()
                                .map(word ->
                                        word.equals("{0}")
                                                ? script
                                                : quote(word).replace("{0}", "'" + script + "'"))
                                .toList());
    }

    static String quote(String text) {
        return "'" + text.replace("\0", "").replace("'", "'\\''") + "'";
    }

    /** Removes what may hold secrets once the step has ended. */
    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
