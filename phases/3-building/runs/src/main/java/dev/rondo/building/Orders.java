package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people order: start a workflow, run again, cancel. Pages, API and chat all come here. */
final class Orders {
    private final Workshop shop;
    private final Planner planner;
    private final Conductor conductor;
    private final Reviews reviews;
    private final Dispatches dispatches;

    Orders(Workshop shop, Planner planner, Conductor conductor) {
        this.shop = shop;
        this.planner = planner;
        this.conductor = conductor;
        this.reviews = new Reviews(shop, conductor);
        this.dispatches = new Dispatches(shop, planner);
    }

    /** A start by hand. {@code workflow} is its file, the file's name, or the name in it. */
    record Dispatch(String workflow, String ref, Map<String, String> inputs) {}

    /** With one problem that is said; with several their text, in GitHub's words. */
    Outcome<Run> dispatch(Project project, Dispatch wanted, String actor) {
        var asked = new Dispatches.Wanted(wanted.workflow(), wanted.ref(), wanted.inputs());
        return switch (dispatches.dispatch(project, asked, actor)) {
            case Dispatches.Answer.Started started -> Outcome.done(started.run());
            case Dispatches.Answer.Refused refused -> {
                Dispatches.Problem first = refused.problems().getFirst();
                yield refused.problems().size() == 1
                        ? new Outcome.Refused<>(first.key(), first.field(), first.args())
                        : Outcome.refused(
                                "building.dispatch.problems", first.field(), refused.text());
            }
        };
    }

    WorkflowFiles files() {
        return planner.files();
    }

    Dispatches dispatches() {
        return dispatches;
    }

    Reviews reviews() {
        return reviews;
    }

    Outcome<Run> cancel(Run run, String actor) {
        if (run.finished()) {
            return Outcome.refused("building.cancel.over", "", run.number());
        }
        shop.spine()
                .store()
                .update(tx -> {
                    if (run.cancelled()) {
                        RunStore.force(tx.sql(), run.id());
                    }
                    RunStore.stop(tx.sql(), run.id(), actor, "");
                });
        conductor.look(run.id());
        shop.changed(run);
        return Outcome.done(run);
    }

    /** Ends a run at once, whatever its conditions say. */
    Outcome<Run> force(Run run, String actor) {
        return run.cancelled() || run.finished()
                ? cancel(run, actor)
                : switch (cancel(run, actor)) {
                    case Outcome.Done<Run> done ->
                            cancel(
                                    shop.spine()
                                            .store()
                                            .read(sql -> RunRows.run(sql, run.id()))
                                            .orElse(run),
                                    actor);
                    case Outcome.Refused<Run> refused -> refused;
                };
    }

    /** Runs again: all of it, or only what did not succeed, with the outputs of the rest. */
    Outcome<Run> rerun(Run old, boolean failedOnly, String actor) {
        if (!failedOnly) {
            return repeat(old, Optional.empty(), actor);
        }
        List<RunJob> jobs = shop.spine().store().read(sql -> RunRows.jobs(sql, old.id()));
        return repeat(old, Optional.of(Repetition.ofFailed(jobs)), actor);
    }

    /** Runs one job again, and what needs it. */
    Outcome<Run> rerun(Run old, String job, String actor) {
        List<RunJob> jobs = shop.spine().store().read(sql -> RunRows.jobs(sql, old.id()));
        Optional<RunJob> wanted = jobs.stream().filter(one -> one.id().equals(job)).findFirst();
        return wanted.isEmpty()
                ? Outcome.refused("building.rerun.job", "", job)
                : repeat(old, Optional.of(Repetition.of(jobs, wanted.get())), actor);
    }

    private Outcome<Run> repeat(Run old, Optional<Repetition> part, String actor) {
        if (!old.finished()) {
            return Outcome.refused("building.rerun.running", "", old.number());
        }
        Optional<Workflow> workflow = workflow(old);
        if (workflow.isEmpty()) {
            return Outcome.refused("building.rerun.invalid", "", old.file());
        }
        if (part.filter(Repetition::nothing).isPresent()) {
            return Outcome.refused("building.rerun.nothing", "", old.number());
        }
        var wanted =
                new RunStore.NewRun(
                        old.project(),
                        old.file(),
                        old.name(),
                        old.title(),
                        "rerun",
                        old.source(),
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
                                                            List.of(RunStore.subject(old))),
                                                    actor);
                            part.ifPresentOrElse(
                                    some -> putPart(tx, old, made, some),
                                    () -> planner.putJobs(tx, made, workflow.get()));
                            return made;
                        });
        conductor.lead(run);
        return Outcome.done(run);
    }

    /** What is kept comes with its artifacts, and called workflows are those of before. */
    private void putPart(Tx tx, Run old, Run made, Repetition part) {
        part.rows(made.id(), Micros.now()).forEach(row -> shop.jobs().put(tx.sql(), row));
        Calls.keep(tx.sql(), old, made);
        for (RunJob kept : part.kept()) {
            shop.results().carry(tx, old.id(), made.id(), made.number(), List.of(kept.id()));
        }
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
}
