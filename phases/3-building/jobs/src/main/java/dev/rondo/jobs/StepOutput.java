package dev.rondo.jobs;

import dev.rondo.actions.Command;
import dev.rondo.actions.Masks;
import dev.rondo.actions.ProblemMatchers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a step writes, line by line: commands are done, all else goes into the log. */
final class StepOutput {
    private static final String UNSAFE =
            "The `%s` command is disabled. Please upgrade to using Environment Files or opt into"
                    + " unsecure command execution by setting the `ACTIONS_ALLOW_UNSECURE_COMMANDS`"
                    + " environment variable to `true`. For more information see:"
                    + " https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/";

    private final JobLog log;
    private final Masks masks;
    private final Remarks remarks;
    private final boolean debug;
    private final MatcherFiles files;
    private final ProblemMatchers matchers = new ProblemMatchers();
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final Map<String, String> kept = new LinkedHashMap<>();
    private String stopped = "";
    private boolean echo;

    StepOutput(JobLog log, Masks masks, Remarks remarks, MatcherFiles files, boolean debug) {
        this.log = log;
        this.masks = masks;
        this.remarks = remarks;
        this.files = files;
        this.debug = debug;
        this.echo = debug;
    }

    /** Outputs that the old command set; emptied for each step. */
    synchronized Map<String, String> takeOutputs() {
        var taken = new LinkedHashMap<>(outputs);
        outputs.clear();
        return taken;
    }

    /** State that the old command set; emptied for each step. */
    synchronized Map<String, String> takeKept() {
        var taken = new LinkedHashMap<>(kept);
        kept.clear();
        return taken;
    }

    /** A new step begins: commands are heard again, and are not shown. */
    synchronized void reset() {
        stopped = "";
        echo = debug;
    }

    synchronized void line(String line) {
        Optional<Command> command = Command.parse(line);
        if (!stopped.isEmpty()) {
            if (command.map(c -> c.name().equalsIgnoreCase(stopped)).orElse(false)) {
                stopped = "";
            }
            log.line(line);
            return;
        }
        if (command.isEmpty() || !obey(command.get(), line)) {
            plain(line);
        }
    }

    private void plain(String line) {
        Optional<ProblemMatchers.Annotation> match = matchers.line(line);
        match.ifPresentOrElse(
                found -> {
                    log.line("##[" + level(found.severity()) + "]" + line);
                    remarks.add(files.annotation(found, level(found.severity())));
                },
                () -> log.line(line));
    }

    private static String level(String severity) {
        return switch (severity) {
            case "warning", "notice" -> severity;
            default -> "error";
        };
    }

    private boolean obey(Command command, String line) {
        if (echo && !command.name().equals("add-mask")) {
            log.line(line);
        }
        switch (command.name()) {
            case "group" -> log.line("##[group]" + command.data());
            case "endgroup" -> log.line("##[endgroup]");
            case "error", "warning", "notice" -> {
                log.line("##[" + command.name() + "]" + command.data());
                remarks.add(command);
            }
            case "debug" -> {
                if (debug) {
                    log.line("##[debug]" + command.data());
                }
            }
            case "add-mask" -> mask(command.data());
            case "stop-commands" -> {
                stopped = command.data();
                log.line(line);
            }
            case "echo" -> echo(command.data());
            case "set-output" -> set(outputs, command);
            case "save-state" -> set(kept, command);
            case "add-matcher" -> addMatchers(command.data());
            case "remove-matcher" -> removeMatchers(command);
            case "set-env", "add-path" -> log.error(UNSAFE.formatted(command.name()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void mask(String secret) {
        if (secret.isBlank()) {
            log.warning("Can't add secret mask for empty string in ##[add-mask] command.");
            return;
        }
        masks.add(secret);
        log.line("::add-mask::***");
    }

    private void echo(String word) {
        switch (word.strip().toUpperCase(java.util.Locale.ROOT)) {
            case "ON" -> echo = true;
            case "OFF" -> echo = false;
            default ->
                    log.error(
                            "Invalid echo command value. Possible values can be: 'on', 'off'."
                                    + " Current value is: '"
                                    + word
                                    + "'.");
        }
    }

    private void set(Map<String, String> into, Command command) {
        String name = command.property("name");
        if (name.isBlank()) {
            log.error("Required field 'name' is missing in ##[" + command.name() + "] command.");
            return;
        }
        into.put(name, command.data());
    }

    private void addMatchers(String file) {
        switch (files.read(file)) {
            case MatcherFiles.Found found -> found.matchers().forEach(matchers::add);
            case MatcherFiles.Missing missing -> log.warning(missing.why());
        }
    }

    private void removeMatchers(Command command) {
        String owner = command.property("owner");
        if (!owner.isEmpty()) {
            matchers.remove(owner);
            return;
        }
        switch (files.read(command.data())) {
            case MatcherFiles.Found found ->
                    found.matchers().forEach(matcher -> matchers.remove(matcher.owner()));
            case MatcherFiles.Missing missing -> log.warning(missing.why());
        }
    }
}
