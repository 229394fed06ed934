package dev.rondo.building;

import dev.rondo.actions.Command;
import dev.rondo.actions.Masks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step writes, line by line: commands are done, all else goes into the log. */
final class StepOutput {
    private final JobLog log;
    private final Masks masks;
    private final boolean debug;
    private final List<Annotation> annotations = new ArrayList<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private String stopped = "";

    StepOutput(JobLog log, Masks masks, boolean debug) {
        this.log = log;
        this.masks = masks;
        this.debug = debug;
    }

    /** A remark about the code; file is relative to the workspace or empty, line 0 if unknown. */
    record Annotation(String level, String title, String message, String file, int line) {}

    /** Outputs that the old command set; emptied for each step. */
    synchronized Map<String, String> takeOutputs() {
        var taken = new LinkedHashMap<>(outputs);
        outputs.clear();
        return taken;
    }

    synchronized List<Annotation> annotations() {
        return List.copyOf(annotations);
    }

    /** A new step begins: commands are heard again. */
    synchronized void reset() {
        stopped = "";
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
        if (command.isEmpty() || !obey(command.get())) {
            log.line(line);
        }
    }

    private boolean obey(Command command) {
        switch (command.name()) {
            case "group" -> log.line("##[group]" + command.data());
            case "endgroup" -> log.line("##[endgroup]");
            case "error", "warning", "notice" -> annotate(command);
            case "debug" -> {
                if (debug) {
                    log.line("##[debug]" + command.data());
                }
            }
            case "add-mask" -> {
                masks.add(command.data());
                log.line("::add-mask::***");
            }
            case "stop-commands" -> {
                stopped = command.data();
                log.line("::stop-commands::" + command.data());
            }
            case "set-output" -> outputs.put(command.property("name"), command.data());
            case "save-state", "echo", "add-matcher", "remove-matcher" -> {}
            case "set-env", "add-path" ->
                    log.error(
                            "The `"
                                    + command.name()
                                    + "` command is disabled. Please write to GITHUB_ENV or"
                                    + " GITHUB_PATH instead.");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void annotate(Command command) {
        log.line("##[" + command.name() + "]" + command.data());
        if (annotations.size() < Limits.ANNOTATIONS_OF_A_JOB) {
            String line = command.property("line");
            annotations.add(
                    new Annotation(
                            command.name(),
                            masks.hide(command.property("title")),
                            masks.hide(command.data()),
                            command.property("file"),
                            line.matches("[0-9]{1,9}") ? Integer.parseInt(line) : 0));
        }
    }
}
