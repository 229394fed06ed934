package dev.rondo.actions;

import dev.rondo.actions.WorkflowTree.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a workflow uses of its own repository, as the files lie there now: the workflows that its
 * jobs call, and the actions of its steps. What lies elsewhere is not known here, and an action
 * whose folder is not there may be made by an earlier step.
 */
final class RepositoryCheck {
    private static final Path WORKFLOWS = Path.of(".github", "workflows");

    private final Path top;
    private final Set<String> checked = new LinkedHashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    private RepositoryCheck(Path top) {
        this.top = top;
    }

    /** For a file where workflows are read from in a repository; elsewhere there is none. */
    static Optional<RepositoryCheck> of(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        Path folder = whole.getParent();
        if (folder == null || !folder.endsWith(WORKFLOWS)) {
            return Optional.empty();
        }
        Path top = folder.resolve("../..").normalize();
        return Files.exists(top.resolve(".git"))
                ? Optional.of(new RepositoryCheck(top))
                : Optional.empty();
    }

    /** All that is wrong with what a workflow uses, each with its file below the top. */
    List<Fault> faults(Path file, String text, Workflow workflow) {
        String path = below(file.toAbsolutePath().normalize());
        WorkflowTree.Reading reading =
                WorkflowTree.read(path, text, new Local(), Limits.GITHUB, Permissions.Policy.WRITE);
        switch (reading) {
            case WorkflowTree.Reading.Invalid invalid -> faults.addAll(invalid.faults());
            case WorkflowTree.Reading.Valid valid -> actions(path, valid.tree());
        }
        if (reading instanceof WorkflowTree.Reading.Invalid) {
            workflow.jobs().forEach(job -> steps(path, job.steps(), List.of()));
        }
        return faults;
    }

    private String below(Path file) {
        return top.relativize(file).toString().replace('\\', '/');
    }

    /** The workflows of this repository. */
    private final class Local implements WorkflowTree.Files {
        @Override
        public Optional<String> text(String reference) {
            return read(reference);
        }

        @Override
        public boolean known(String reference) {
            return !reference.contains("@");
        }
    }

    private Optional<String> read(String path) {
        Path file = top.resolve(path).normalize();
        try {
            return file.startsWith(top) && Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void actions(String file, WorkflowTree tree) {
        tree.workflow().jobs().forEach(job -> steps(file, job.steps(), List.of()));
        tree.calls().values().forEach(call -> actions(call.reference(), call.tree()));
    }

    /**
     * @param above the actions that these steps belong to, outermost first
     */
    private void steps(String file, List<Workflow.Step> steps, List<String> above) {
        for (Workflow.Step step : steps) {
            String uses = step.uses().orElse("");
            if (!uses.startsWith("./")) {
                continue;
            }
            String folder = below(top.resolve(uses).normalize());
            if (above.contains(folder)) {
                faults.add(
                        new Fault(
                                file,
                                new Mistake(
                                        step.key("uses").orElseThrow().at(),
                                        "The action uses itself: %s → %s"
                                                .formatted(String.join(" → ", above), folder)),
                                ""));
            } else if (checked.add(folder) || !above.isEmpty()) {
                action(folder, above);
            }
        }
    }

    private void action(String folder, List<String> above) {
        for (String name : List.of("action.yml", "action.yaml")) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            Optional<String> text = read(path);
            if (text.isPresent()) {
                switch (Action.read(path, text.get())) {
                    case Action.Reading.Valid valid -> {
                        if (valid.action().runs() instanceof Action.Composite composite) {
                            var chain = new ArrayList<>(above);
                            chain.add(folder);
                            steps(path, composite.steps(), List.copyOf(chain));
                        }
                    }
                    case Action.Reading.Invalid invalid ->
                            invalid.mistakes()
                                    .forEach(mistake -> faults.add(new Fault(path, mistake, "")));
                }
                return;
            }
        }
    }
}
