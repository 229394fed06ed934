package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.git.GitRepository;
import dev.rondo.journal.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people order: start a workflow, run again, cancel. Pages, API and chat all come here. */
final class Orders {
    private final Workshop shop;
    private final Planner planner;
    private final Conductor conductor;

    Orders(Workshop shop, Planner planner, Conductor conductor) {
        this.shop = shop;
        this.planner = planner;
        this.conductor = conductor;
    }

    /** A start by hand. {@code workflow} is its file, the file's name, or the name in it. */
    record Dispatch(String workflow, String ref, Map<String, String> inputs) {}

    Outcome<Run> dispatch(Project project, Dispatch wanted, String actor) {
        Optional<GitRepository> repository = shop.spine().repositories().find(project.name());
        String ref = wanted.ref().isBlank() ? project.defaultBranch() : wanted.ref();
        Optional<String> commit = repository.flatMap(r -> r.resolve(ref));
        if (commit.isEmpty()) {
            return Outcome.refused("building.dispatch.ref", "ref", ref);
        }
        for (WorkflowReading reading : Planner.workflows(repository.orElseThrow(), commit.get())) {
            switch (reading) {
                case WorkflowReading.Valid valid -> {
                    if (named(
                            wanted.workflow(), valid.workflow().file(), valid.workflow().name())) {
                        return start(project, valid.workflow(), wanted, commit.get(), actor);
                    }
                }
                case WorkflowReading.Invalid invalid -> {
                    if (named(wanted.workflow(), invalid.file(), invalid.name())) {
                        return Outcome.refused(
                                "building.dispatch.invalid",
                                "workflow",
                                invalid.text().lines().findFirst().orElse(""));
                    }
                }
            }
        }
        return Outcome.refused("building.dispatch.unknown", "workflow", wanted.workflow(), ref);
    }

    private static boolean named(String wanted, String file, String name) {
        return wanted.equals(file)
                || wanted.equals(name)
                || file.equals(Planner.FOLDER + "/" + wanted)
                || file.startsWith(Planner.FOLDER + "/" + wanted + ".y");
    }

    private Outcome<Run> start(
            Project project, Workflow workflow, Dispatch wanted, String commit, String actor) {
        if (!workflow.on().on("workflow_dispatch")) {
            return Outcome.refused("building.dispatch.not", "workflow", workflow.name());
        }
        var inputs = new LinkedHashMap<String, Value>();
        for (Template.Entry entry :
                workflow.on().filters("workflow_dispatch").mapping("inputs").entries()) {
            Template.Mapping input = entry.value().asMapping();
            String given =
                    wanted.inputs()
                            .getOrDefault(
                                    entry.name(),
                                    input.get("default").map(Template::source).orElse(""));
            boolean required =
                    input.get("required").map(t -> t.source().equals("true")).orElse(false);
            if (required && given.isBlank()) {
                return Outcome.refused("building.dispatch.input", entry.name(), entry.name());
            }
            boolean yes = input.get("type").map(t -> t.source().equals("boolean")).orElse(false);
            inputs.put(entry.name(), yes ? Value.of(given.equals("true")) : Value.of(given));
        }
        String branch = wanted.ref().isBlank() ? project.defaultBranch() : wanted.ref();
        String ref = fullName(project, branch);
        var source = new Run.Source(ref, commit, branch.equals(project.defaultBranch()), actor);
        var event =
                new Run.EventData(
                        "workflow_dispatch",
                        new PushPayload(shop.spine().publicUrl())
                                .dispatch(project, ref, workflow.file(), Value.of(inputs), actor));
        Run run =
                shop.spine()
                        .store()
                        .write(tx -> {
                            Run made =
                                    shop.runs()
                                            .queue(
                                                    tx,
                                                    planner.newRun(
                                                            project.name(),
                                                            workflow,
                                                            source,
                                                            event,
                                                            workflow.name()),
                                                    RunStore.causes(
                                                            tx.sql(),
                                                            project.name(),
                                                            List.of(Subject.of("change", commit))));
                            planner.putJobs(tx, made, workflow);
                            return made;
                        });
        conductor.lead(run, workflow);
        return Outcome.done(run);
    }

    private String fullName(Project project, String name) {
        if (name.startsWith("refs/")) {
            return name;
        }
        boolean tag =
                shop.spine()
                        .repositories()
                        .find(project.name())
                        .filter(r -> r.refTarget("refs/heads/" + name).isEmpty())
                        .flatMap(r -> r.refTarget("refs/tags/" + name))
                        .isPresent();
        return (tag ? "refs/tags/" : "refs/heads/") + name;
    }

    Outcome<Run> cancel(Run run, String actor) {
        if (run.finished()) {
            return Outcome.refused("building.cancel.over", "", run.number());
        }
        shop.spine().store().update(tx -> shop.runs().cancel(tx, run, actor));
        conductor.cancel(run.id());
        shop.changed(run);
        return Outcome.done(run);
    }

    /** Runs again: all of it, or only what did not succeed, with the outputs of the rest. */
    Outcome<Run> rerun(Run old, boolean failedOnly, String actor) {
        if (!old.finished()) {
            return Outcome.refused("building.rerun.running", "", old.number());
        }
        Optional<Workflow> workflow = workflow(old);
        if (workflow.isEmpty()) {
            return Outcome.refused("building.rerun.invalid", "", old.file());
        }
        var source =
                new Run.Source(
                        old.source().ref(),
                        old.source().commit(),
                        old.source().defaultBranch(),
                        actor);
        var wanted =
                new RunStore.NewRun(
                        old.project(),
                        old.file(),
                        old.name(),
                        old.title(),
                        "rerun",
                        source,
                        old.event(),
                        old.attempt() + 1,
                        old.id());
        Run run =
                shop.spine()
                        .store()
                        .write(tx -> {
                            Run made =
                                    shop.runs()
                                            .queue(
                                                    tx,
                                                    wanted,
                                                    RunStore.causes(
                                                            tx.sql(),
                                                            old.project(),
                                                            List.of(RunStore.subject(old))));
                            planner.putJobs(tx, made, workflow.get());
                            if (failedOnly) {
                                keepGood(tx, old, made, workflow.get());
                            }
                            return made;
                        });
        conductor.lead(run, workflow.get());
        return Outcome.done(run);
    }

    private Optional<Workflow> workflow(Run run) {
        return shop.spine()
                .repositories()
                .find(run.project())
                .flatMap(r -> r.file(run.source().commit(), run.file(), Limits.WORKFLOW_BYTES))
                .map(blob -> WorkflowReading.read(run.file(), blob.text()))
                .filter(WorkflowReading.Valid.class::isInstance)
                .map(reading -> ((WorkflowReading.Valid) reading).workflow());
    }

    private void keepGood(dev.rondo.store.Tx tx, Run old, Run made, Workflow workflow) {
        List<RunJob> jobs = RunRows.jobs(tx.sql(), old.id());
        var graph = new JobGraph(workflow, jobs);
        for (Workflow.Job job : workflow.jobs()) {
            if (!graph.result(job.id()).equals("success")) {
                continue;
            }
            shop.runs().remove(tx.sql(), made.id(), job.id());
            for (RunJob row : graph.of(job.id())) {
                shop.runs().put(tx.sql(), row.of(made.id()));
            }
            RunStore.update(
                    tx.sql(),
                    "INSERT INTO building_artifacts (run, name, job, digest, size, files, created_at)"
                            + " SELECT ?, name, job, digest, size, files, created_at"
                            + " FROM building_artifacts WHERE run = ? AND job IN"
                            + " (SELECT id FROM building_jobs WHERE run = ? AND job = ?)",
                    made.id(),
                    old.id(),
                    old.id(),
                    job.id());
        }
    }
}
