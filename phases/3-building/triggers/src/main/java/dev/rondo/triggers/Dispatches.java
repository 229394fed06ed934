package dev.rondo.triggers;

import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.actions.DispatchInputs;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.engine.Workshop;
import dev.rondo.events.Happening;
import dev.rondo.events.Orders;
import dev.rondo.events.Scene;
import dev.rondo.git.GitRepository;
import dev.rondo.journal.Subject;
import dev.rondo.records.Run;
import dev.rondo.records.RunStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts what somebody asks for: a workflow by hand, all that listen to a dispatch from outside.
 * Pages, both interfaces and chat come here.
 */
public final class Dispatches {
    /** "The name of the custom webhook event", 100 characters at most. */
    private static final int TYPE_CHARACTERS = 100;

    private final Workshop shop;
    private final Planner planner;

    public Dispatches(Workshop shop, Planner planner) {
        this.shop = shop;
        this.planner = planner;
    }

    /**
     * @param workflow its file, the file's name, its number, or the name in it
     * @param ref a branch or a tag; empty for the default branch
     */
    public record Wanted(String workflow, String ref, Map<String, String> inputs) {}

    /** A reason why not, by the key of its text. */
    public record Problem(String key, String field, List<Object> args) {
        static Problem of(String key, String field, Object... args) {
            return new Problem(key, field, List.of(args));
        }
    }

    /** What came of it: a run, or every problem at once. */
    public sealed interface Answer {
        record Started(Run run) implements Answer {}

        record Refused(List<Problem> problems, String text) implements Answer {}
    }

    private static Answer refused(String key, String field, Object... args) {
        return new Answer.Refused(List.of(Problem.of(key, field, args)), "");
    }

    public Answer dispatch(Project project, Wanted wanted, String actor) {
        Optional<Scene> scene = planner.scenes().of(project.name());
        String name = wanted.ref().isBlank() ? project.defaultBranch() : wanted.ref();
        Optional<String> ref = scene.flatMap(s -> fullName(s.repository(), name));
        if (ref.isEmpty()) {
            return refused("building.dispatch.ref", "ref", name);
        }
        String commit = scene.get().repository().resolve(ref.get()).orElseThrow();
        Optional<WorkflowRow> row =
                shop.spine()
                        .store()
                        .read(sql -> WorkflowRows.find(sql, project.name(), wanted.workflow()));
        String file = row.map(WorkflowRow::file).orElse(wanted.workflow());
        for (WorkflowReading reading : planner.files().at(scene.get().repository(), commit)) {
            if (named(file, WorkflowFiles.file(reading), WorkflowFiles.name(reading))) {
                return switch (reading) {
                    case WorkflowReading.Valid valid ->
                            start(
                                    scene.get(),
                                    valid.workflow(),
                                    new Happening.Source(
                                            ref.get(),
                                            commit,
                                            ref.get()
                                                    .equals(
                                                            "refs/heads/"
                                                                    + project.defaultBranch()),
                                            actor),
                                    wanted.inputs());
                    case WorkflowReading.Invalid invalid ->
                            refused(
                                    "building.dispatch.invalid",
                                    "workflow",
                                    invalid.text().lines().findFirst().orElse(""));
                };
            }
        }
        return refused("building.dispatch.unknown", "workflow", wanted.workflow(), name);
    }

    /** With one problem that is said; with several their text, in GitHub's words. */
    public Outcome<Run> order(Project project, Wanted wanted, String actor) {
        return switch (dispatch(project, wanted, actor)) {
            case Answer.Started started -> Outcome.done(started.run());
            case Answer.Refused refused -> {
                Problem first = refused.problems().getFirst();
                yield refused.problems().size() == 1
                        ? new Outcome.Refused<>(first.key(), first.field(), first.args())
                        : Outcome.refused(
                                "building.dispatch.problems", first.field(), refused.text());
            }
        };
    }

    private static boolean named(String wanted, String file, String name) {
        return wanted.equals(file)
                || wanted.equals(name)
                || file.equals(WorkflowFiles.FOLDER + "/" + wanted)
                || file.matches(
                        "\\Q"
                                + WorkflowFiles.FOLDER
                                + "/\\E"
                                + java.util.regex.Pattern.quote(wanted)
                                + "\\.ya?ml");
    }

    private Answer start(
            Scene scene, Workflow workflow, Happening.Source source, Map<String, String> inputs) {
        if (!workflow.on().on("workflow_dispatch")) {
            return refused("building.dispatch.not", "workflow", workflow.name());
        }
        String project = scene.project().name();
        if (!shop.settings().values().enabled(project)) {
            return refused("building.dispatch.off", "workflow");
        }
        boolean disabled =
                shop.spine()
                        .store()
                        .read(sql -> WorkflowRows.disabled(sql, project))
                        .contains(workflow.file());
        if (disabled) {
            return refused("building.dispatch.disabled", "workflow", workflow.name());
        }
        return switch (DispatchInputs.check(workflow.on().dispatchInputs(), inputs)) {
            case DispatchInputs.Refused refused ->
                    new Answer.Refused(
                            refused.problems().stream()
                                    .map(one ->
                                            new Problem(
                                                    "building.dispatch.problem." + one.key(),
                                                    one.input(),
                                                    one.args()))
                                    .toList(),
                            String.join(
                                    "; ",
                                    refused.problems().stream()
                                            .map(DispatchInputs.Problem::text)
                                            .toList()));
            case DispatchInputs.Taken taken ->
                    started(
                            project,
                            Orders.dispatch(scene, source, workflow.file(), taken.texts()),
                            workflow);
        };
    }

    private Answer started(String project, Happening happening, Workflow workflow) {
        List<Long> causes =
                shop.spine()
                        .store()
                        .read(sql ->
                                RunStore.causes(
                                        sql,
                                        project,
                                        List.of(
                                                Subject.of(
                                                        "change", happening.source().commit()))));
        List<Run> made =
                planner.queue(
                        project, List.of(Planner.Wanted.of(happening, workflow)), causes, tx -> {});
        return new Answer.Started(made.getFirst());
    }

    /** The full name of a branch or, where there is none, a tag. */
    private static Optional<String> fullName(GitRepository repository, String name) {
        List<String> names =
                name.startsWith("refs/heads/") || name.startsWith("refs/tags/")
                        ? List.of(name)
                        : List.of("refs/heads/" + name, "refs/tags/" + name);
        return names.stream()
                .filter(full ->
                        repository.refTarget(full).isPresent()
                                && repository.resolve(full).isPresent())
                .findFirst();
    }

    /** Tells all workflows of the default branch that listen; how many runs came of it. */
    public Outcome<Integer> repositoryDispatch(
            Project project, String type, Value payload, String actor) {
        if (type.isBlank() || type.length() > TYPE_CHARACTERS) {
            return Outcome.refused("building.dispatch.type", "event_type", TYPE_CHARACTERS);
        }
        Optional<Scene> scene = planner.scenes().of(project.name());
        Optional<Happening> happening =
                scene.flatMap(s -> Orders.repositoryDispatch(s, type, payload, actor));
        if (happening.isEmpty()) {
            return Outcome.refused("building.dispatch.ref", "", project.defaultBranch());
        }
        List<Planner.Wanted> wanted = planner.wanted(scene.get(), happening.get());
        return Outcome.done(planner.queue(project.name(), wanted, List.of(), tx -> {}).size());
    }
}
