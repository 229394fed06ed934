package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStore;
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
    private final Erasure erasure;

    Orders(Workshop shop, Planner planner, Conductor conductor) {
        this.shop = shop;
        this.planner = planner;
        this.conductor = conductor;
        this.reviews = new Reviews(shop, conductor);
        this.dispatches = new Dispatches(shop, planner);
        this.erasure = new Erasure(shop);
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

    Erasure erasure() {
        return erasure;
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

    /** Runs again, in the same run: its attempts are counted. */
    Outcome<Run> rerun(Run old, Rerun what, String actor) {
        List<RunJob> jobs = shop.spine().store().read(sql -> RunRows.jobs(sql, old.id()));
        if (what.wanted() == Rerun.Wanted.JOB
                && jobs.stream().noneMatch(one -> one.id().equals(what.job()))) {
            return Outcome.refused("building.rerun.job", "", what.job());
        }
        if (!old.finished() || !old.turn().latest()) {
            return Outcome.refused("building.rerun.running", "", old.number());
        }
        Optional<Workflow> workflow = workflow(old);
        if (workflow.isEmpty()) {
            return Outcome.refused("building.rerun.invalid", "", old.file());
        }
        Optional<Repetition> part = what.part(jobs);
        if (part.filter(Repetition::nothing).isPresent()) {
            return Outcome.refused("building.rerun.nothing", "", old.number());
        }
        Optional<Run> made =
                shop.spine()
                        .store()
                        .write(tx -> repeat(tx, old, what, new Asked(part, workflow.get(), actor)));
        made.ifPresent(conductor::lead);
        made.ifPresent(shop::changed);
        return made.map(Outcome::done)
                .orElseGet(() -> Outcome.refused("building.rerun.running", "", old.number()));
    }

    /** What goes again, of which workflow, for whom. */
    private record Asked(Optional<Repetition> part, Workflow workflow, String actor) {}

    private Optional<Run> repeat(Tx tx, Run old, Rerun what, Asked asked) {
        if (!RunStore.giveWay(tx.sql(), old)) {
            return Optional.empty();
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
                        Optional.of(new RunStore.Again(old, what.debug())));
        List<Long> causes =
                RunStore.causes(tx.sql(), old.project(), List.of(RunStore.subject(old)));
        Run made = shop.runs().queue(tx, wanted, causes, asked.actor());
        asked.part()
                .ifPresentOrElse(
                        some -> putPart(tx, old, made, some),
                        () -> planner.putJobs(tx, made, asked.workflow()));
        return Optional.of(made);
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
