package dev.rondo.actions;

import dev.rondo.actions.Workflow.Job;
import dev.rondo.actions.WorkflowTree.Call;
import dev.rondo.actions.WorkflowTree.Fault;
import dev.rondo.actions.WorkflowTree.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Follows {@code uses} of jobs from file to file. Stops at the first file with a mistake. */
final class CallReader {
    private static final Pattern LOCAL = Pattern.compile("\\./[^@]+\\.ya?ml");
    private static final Pattern REMOTE = Pattern.compile("[^/@]+/[^/@]+/[^@]+\\.ya?ml@[^@]+");

    private final WorkflowTree.Files files;
    private final Limits limits;
    private final Permissions.Policy policy;
    private final Memory memory;
    private final Set<String> seen = new HashSet<>();
    private int jobs;

    /** Ends the reading; caught where it began. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<Fault> faults;

        Stop(List<Fault> faults) {
            super("a workflow has mistakes", null, false, false);
            this.faults = List.copyOf(faults);
        }

        Stop(String file, Mistake mistake) {
            this(List.of(new Fault(file, mistake, "")));
        }
    }

    /** A file on the way down. {@code explicit} is what a file above allows. */
    private record Level(String file, List<String> chain, Optional<Permissions> explicit) {}

    CallReader(WorkflowTree.Files files, Limits limits, Permissions.Policy policy) {
        this.files = files;
        this.limits = limits;
        this.policy = policy;
        this.memory = new Memory(limits.bytes());
    }

    Reading read(String file, String text) {
        try {
            seen.add(file);
            Workflow workflow = workflow(file, text, "");
            return new Reading.Valid(
                    tree(workflow, new Level(file, List.of(file), workflow.permissions())));
        } catch (Stop stop) {
            return new Reading.Invalid(stop.faults);
        }
    }

    private Workflow workflow(String file, String text, String caller) {
        return switch (new WorkflowReader(file, limits, memory).read(text)) {
            case WorkflowReading.Valid valid -> valid.workflow();
            case WorkflowReading.Invalid invalid ->
                    throw new Stop(
                            invalid.mistakes().stream()
                                    .map(mistake -> new Fault(file, mistake, caller))
                                    .toList());
        };
    }

    private WorkflowTree tree(Workflow workflow, Level level) {
        count(workflow, level);
        var calls = new LinkedHashMap<String, Call>();
        var permissions = new LinkedHashMap<String, Permissions>();
        for (Job job : workflow.jobs()) {
            job.permissions()
                    .or(level::explicit)
                    .ifPresent(allowed -> permissions.put(job.id(), allowed));
        }
        for (Job job : workflow.jobs()) {
            if (job.uses().isPresent() && files.known(reference(job, level))) {
                Optional<Permissions> allowed = Optional.ofNullable(permissions.get(job.id()));
                calls.put(job.id(), call(job, level, allowed));
            }
        }
        return new WorkflowTree(workflow, calls, permissions);
    }

    private void count(Workflow workflow, Level level) {
        jobs += workflow.jobs().size();
        if (limits.jobs() > 0 && jobs > limits.jobs()) {
            Position at = workflow.jobs().getLast().at();
            throw new Stop(
                    level.file(),
                    new Mistake(
                            at,
                            "The workflow may not contain more than " + limits.jobs() + " jobs"));
        }
    }

    private static String reference(Job job, Level level) {
        return reference(job.key("uses").orElseThrow(), level.file());
    }

    private Call call(Job job, Level level, Optional<Permissions> explicit) {
        Template uses = job.key("uses").orElseThrow();
        String reference = reference(job, level);
        if (level.chain().contains(reference)) {
            throw new Stop(
                    level.file(),
                    new Mistake(
                            uses.at(),
                            "The workflow calls itself: %s → %s"
                                    .formatted(String.join(" → ", level.chain()), reference)));
        }
        if (level.chain().size() > limits.calls()) {
            throw new Stop(
                    level.file(),
                    new Mistake(
                            uses.at(),
                            "Nested reusable workflow depth exceeded " + limits.calls() + "."));
        }
        if (seen.add(reference) && seen.size() > limits.files()) {
            throw new Stop(
                    level.file(),
                    new Mistake(
                            uses.at(),
                            "The maximum file count of %d has been exceeded"
                                    .formatted(limits.files())));
        }
        String text =
                files.text(reference)
                        .orElseThrow(() ->
                                new Stop(
                                        level.file(),
                                        new Mistake(
                                                uses.at(),
                                                "Error calling workflow '%s': workflow was not found."
                                                        .formatted(reference))));
        String caller =
                "In %s (Line: %d, Col: %d): Error from called workflow "
                        .formatted(level.file(), uses.at().line(), uses.at().column());
        return loaded(job, level, explicit, workflow(reference, text, caller));
    }

    private Call loaded(Job job, Level level, Optional<Permissions> explicit, Workflow called) {
        String reference = called.file();
        var check = new CallCheck(job, called);
        Interface takes = check.takes();
        if (check.inCalled().isEmpty() && check.inCaller().isEmpty()) {
            permissions(job, called, explicit, check.inCaller());
        }
        var faults = new ArrayList<Fault>();
        check.inCaller().forEach(m -> faults.add(new Fault(level.file(), m, "")));
        String caller = "Called from " + level.file() + ": ";
        check.inCalled().forEach(m -> faults.add(new Fault(reference, m, caller)));
        if (!faults.isEmpty()) {
            throw new Stop(faults);
        }
        Optional<Permissions> effective = called.permissions().or(() -> explicit);
        var chain = new ArrayList<>(level.chain());
        chain.add(reference);
        return new Call(
                reference,
                takes,
                effective,
                tree(called, new Level(reference, List.copyOf(chain), effective)));
    }

    private void permissions(
            Job job, Workflow called, Optional<Permissions> explicit, List<Mistake> mistakes) {
        Permissions allowed = explicit.orElseGet(policy::permissions);
        String head = "Error calling workflow '" + called.file() + "'. ";
        called.permissions()
                .ifPresent(wanted ->
                        compare(
                                head + "The workflow '" + called.file() + "'",
                                job.at(),
                                wanted,
                                allowed,
                                mistakes));
        for (Job nested : called.jobs()) {
            String name = nested.key("name").map(Template::source).orElse(nested.id());
            nested.permissions()
                    .ifPresent(wanted ->
                            compare(
                                    head + "The nested job '" + name + "'",
                                    job.at(),
                                    wanted,
                                    allowed,
                                    mistakes));
        }
    }

    private static void compare(
            String who,
            Position at,
            Permissions wanted,
            Permissions allowed,
            List<Mistake> mistakes) {
        List<String> beyond = wanted.beyond(allowed);
        if (!beyond.isEmpty()) {
            mistakes.add(
                    new Mistake(
                            at,
                            "%s is requesting '%s', but is only allowed '%s'."
                                    .formatted(who, wanted.text(beyond), allowed.text(beyond))));
        }
    }

    /** A reference that says the same wherever it stands. */
    private static String reference(Template uses, String caller) {
        String text = uses.source();
        if (REMOTE.matcher(text).matches()) {
            return text;
        }
        if (!LOCAL.matcher(text).matches() || text.contains("/../")) {
            throw new Stop(
                    caller,
                    new Mistake(
                            uses.at(),
                            "Invalid workflow file reference '%s'".formatted(text),
                            "./.github/workflows/file.yml or"
                                    + " owner/name/.github/workflows/file.yml@ref"));
        }
        String path = text.substring(2);
        int at = caller.indexOf('@');
        if (at < 0) {
            return path;
        }
        String[] parts = caller.split("/", 3);
        return parts[0] + "/" + parts[1] + "/" + path + caller.substring(at);
    }
}
