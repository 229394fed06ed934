package dev.rondo.building;

import dev.rondo.actions.ExpressionFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A {@code run} as files: the script, and around it folder, variables and shell. */
record ShellScript(Path file) {
    /** The first Python that works: a shim on the PATH may lead to one that cannot be seen here. */
    private static final String PYTHON =
            "for python in python python3 /usr/bin/python3; do"
                    + " \"$python\" -c pass 2>/dev/null && exec \"$python\" \"$0\"; done;"
                    + " echo 'Python is not on this machine' >&2; exit 127";

    /**
     * @param shell as written: empty, one of GitHub's names, or a command with {@code {0}}
     * @param folder the working directory, absolute
     */
    static ShellScript write(
            Path steps,
            int place,
            String text,
            String shell,
            Path folder,
            Map<String, String> env) {
        Path script = steps.resolve(place + (shell.startsWith("python") ? ".py" : ".sh"));
        Path around = steps.resolve(place + ".step");
        var lines = new StringBuilder();
        lines.append("cd ").append(quote(folder.toString())).append(" || exit 1\n");
        lines.append("exec env");
        env.forEach((name, value) -> lines.append(" \\\n  ").append(quote(name + "=" + value)));
        lines.append(" \\\n  ").append(command(shell, script.toString())).append('\n');
        try {
            Files.writeString(script, text.endsWith("\n") ? text : text + "\n");
            Files.writeString(around, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ShellScript(around);
    }

    /** The exact flags that GitHub uses (workflow syntax, {@code steps[*].shell}). */
    private static String command(String shell, String script) {
        String quoted = quote(script);
        return switch (shell) {
            case "" -> "bash -e " + quoted;
            case "bash" -> "bash --noprofile --norc -eo pipefail " + quoted;
            case "sh" -> "sh -e " + quoted;
            case "python" -> "bash -c " + quote(PYTHON) + " " + quoted;
            case "pwsh" -> "pwsh -command \". '" + script + "'\"";
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
        return String.join(
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
