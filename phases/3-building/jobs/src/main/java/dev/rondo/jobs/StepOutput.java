package dev.rondo.jobs;

import dev.rondo.actions.Command;
import dev.rondo.actions.Masks;
import dev.rondo.actions.ProblemMatchers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a step writes, line by line: commands are done, all else goes into the log. */
final class StepOutput {
    private static final String UNSAFE =
            "The `%s` command is disabled. Please upgrade to using Environment Files or opt into"
                    + " unsecure command execution by setting the `ACTIONS_ALLOW_UNSECURE_COMMANDS`"
                    + " environment variable to `true`. For more information see:"
                    + " https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/";

    private static final String OLD =
            "The `%s` command is deprecated and will be disabled soon. Please upgrade to using"
                    + " Environment Files. For more information see:"
                    + " https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/";

    private static final Set<String> KNOWN =
            Set.of(
                    "group",
                    "endgroup",
                    "error",
                    "warning",
                    "notice",
                    "debug",
                    "add-mask",
                    "stop-commands",
                    "echo",
                    "set-output",
                    "save-state",
                    "set-env",
                    "add-path",
                    "add-matcher",
                    "remove-matcher");

    /** Not shown although commands are. */
    private static final Set<String> SILENT =
            Set.of("add-mask", "debug", "error", "warning", "notice", "stop-commands");

    private final JobLog log;
    private final Masks masks;
    private final Remarks remarks;
    private final boolean debug;
    private final MatcherFiles files;
    private final ProblemMatchers matchers;
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final Map<String, String> kept = new LinkedHashMap<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<String> paths = new ArrayList<>();
    private String stopped = "";
    private String lastError = "";
    private boolean echo;
    private boolean unsafe;
    private boolean trouble;

    StepOutput(JobLog log, Masks masks, Remarks remarks, MatcherFiles files, boolean debug) {
        this(log, masks, remarks, files, debug, new ProblemMatchers());
    }

    private StepOutput(
            JobLog log,
            Masks masks,
            Remarks remarks,
            MatcherFiles files,
            boolean debug,
            ProblemMatchers matchers) {
        this.log = log;
        this.matchers = matchers;
        this.masks = masks;
        this.remarks = remarks;
        this.files = files;
        this.debug = debug;
        this.echo = debug;
    }

    /** For a step that runs beside those whose output this is. */
    synchronized StepOutput beside(JobLog own) {
        return new StepOutput(own, masks, remarks, files, debug, matchers.beside());
    }

    /** Takes over the matchers that a step brought which ran beside. */
    synchronized void learn(StepOutput other) {
        matchers.learn(other.matchers);
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

    /** Variables that the old command set, where that is allowed. */
    synchronized Map<String, String> takeEnv() {
        var taken = new LinkedHashMap<>(env);
        env.clear();
        return taken;
    }

    synchronized List<String> takePaths() {
        var taken = new ArrayList<>(paths);
        paths.clear();
        return taken;
    }

    /** What the step itself said was wrong, the last word of it. */
    synchronized Optional<String> lastError() {
        return Optional.of(lastError).filter(text -> !text.isBlank());
    }

    /** Whether a command could not be done, which fails the step. */
    synchronized boolean takeTrouble() {
        boolean was = trouble;
        trouble = false;
        return was;
    }

    /**
     * A new step begins: commands are heard again, and are not shown.
     *
     * @param variables of the step
     */
    synchronized void reset(Map<String, String> variables) {
        stopped = "";
        lastError = "";
        echo = debug;
        unsafe = variables.getOrDefault("ACTIONS_ALLOW_UNSECURE_COMMANDS", "").equals("true");
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

    /** False where it is no command but a line like any other. */
    private boolean obey(Command command, String line) {
        if (!KNOWN.contains(command.name())) {
            return false;
        }
        if (echo && !SILENT.contains(command.name())) {
            log.line(line);
        }
        String problem =
                switch (command.name()) {
                    case "add-mask" -> mask(command.data());
                    case "echo" -> echo(command.data());
                    case "set-output" -> setOld(outputs, command);
                    case "save-state" -> setOld(kept, command);
                    case "set-env" -> unsafe ? set(env, command) : UNSAFE.formatted("set-env");
                    case "add-path" -> addPath(command.data());
                    case "add-matcher" -> addMatchers(command.data());
                    case "remove-matcher" -> removeMatchers(command);
                    default -> show(command, line);
                };
        if (!problem.isEmpty()) {
            trouble = true;
            error("Unable to process command '" + line + "' successfully.");
            error(problem);
        }
        return true;
    }

    private void error(String sentence) {
        log.error(sentence);
        remarks.add("error", sentence);
    }

    private String show(Command command, String line) {
        switch (command.name()) {
            case "group" -> log.line("##[group]" + command.data());
            case "endgroup" -> log.line("##[endgroup]");
            case "error", "warning", "notice" -> {
                log.line("##[" + command.name() + "]" + command.data());
                lastError = command.name().equals("error") ? command.data() : lastError;
                remarks.add(files.annotation(command));
            }
            case "debug" -> {
                if (debug) {
                    log.line("##[debug]" + command.data());
                }
            }
            default -> {
                stopped = command.data();
                log.line(line);
            }
        }
        return "";
    }

    private String addPath(String folder) {
        if (!unsafe) {
            return UNSAFE.formatted("add-path");
        }
        paths.add(folder);
        return "";
    }

    private String mask(String secret) {
        if (secret.isBlank()) {
            log.warning("Can't add secret mask for empty string in ##[add-mask] command.");
            return "";
        }
        masks.add(secret);
        log.line("::add-mask::***");
        return "";
    }

    private String echo(String word) {
        switch (word.strip().toUpperCase(Locale.ROOT)) {
            case "ON" -> echo = true;
            case "OFF" -> echo = false;
            default -> {
                return "Invalid echo command value. Possible values can be: 'on', 'off'."
                        + " Current value is: '"
                        + word
                        + "'.";
            }
        }
        return "";
    }

    private String setOld(Map<String, String> into, Command command) {
        String sentence = OLD.formatted(command.name());
        log.warning(sentence);
        remarks.add("warning", sentence);
        return set(into, command);
    }

    private static String set(Map<String, String> into, Command command) {
        String name = command.property("name");
        if (name.isBlank()) {
            return "Required field 'name' is missing in ##[" + command.name() + "] command.";
        }
        into.put(name, command.data());
        return "";
    }

    private String addMatchers(String file) {
        switch (files.read(file)) {
            case MatcherFiles.Found found -> found.matchers().forEach(matchers::add);
            case MatcherFiles.Missing missing -> {
                return missing.why();
            }
        }
        return "";
    }

    private String removeMatchers(Command command) {
        String owner = command.property("owner");
        if (!owner.isEmpty()) {
            matchers.remove(owner);
            return "";
        }
        switch (files.read(command.data())) {
            case MatcherFiles.Found found ->
                    found.matchers().forEach(matcher -> matchers.remove(matcher.owner()));
            case MatcherFiles.Missing missing -> {
                return missing.why();
            }
        }
        return "";
    }
}
