package dev.rondo.engine;

import dev.rondo.access.Outcome;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStore;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.List;
import java.util.Optional;

/**
 * What people order of a run: again, not any more, away. Pages, interfaces and chat all come here.
 */
public final class Orders {
    private final Workshop shop;
    private final Conductor conductor;
    private final Reviews reviews;
    private final Erasure erasure;

    public Orders(Workshop shop, Conductor conductor) {
        this.shop = shop;
        this.conductor = conductor;
        this.reviews = new Reviews(shop, conductor);
        this.erasure = new Erasure(shop);
    }

    public Reviews reviews() {
        return reviews;
    }

    public Erasure erasure() {
        return erasure;
    }

    public Outcome<Run> cancel(Run run, String actor) {
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
    public Outcome<Run> force(Run run, String actor) {
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
    public Outcome<Run> rerun(Run old, Rerun what, String actor) {
        List<RunJob> jobs = shop.spine().store().read(sql -> RunRows.jobs(sql, old.id()));
        if (what.wanted() == Rerun.Wanted.JOB
                && jobs.stream().noneMatch(one -> one.id().equals(what.job()))) {
            return Outcome.refused("building.rerun.job", "", what.job());
        }
        if (!old.finished() || !old.turn().latest()) {
            return Outcome.refused("building.rerun.running", "", old.number());
        }
        var tooLate = tooLate(old);
        if (tooLate.isPresent()) {
            return tooLate.get();
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

    /** GitHub's limits: so often, and so long after the first attempt. */
    private Optional<Outcome<Run>> tooLate(Run old) {
        if (old.attempt() > Limits.RERUNS) {
            return Optional.of(
                    Outcome.refused("building.rerun.often", "", old.number(), Limits.RERUNS));
        }
        Run first =
                shop.spine()
                        .store()
                        .read(sql -> RunRows.attempts(sql, old.project(), old.number()))
                        .getLast();
        long age = Micros.now() - first.progress().queuedAt();
        return age <= Limits.RERUN_TIME.toMillis() * 1000
                ? Optional.empty()
                : Optional.of(
                        Outcome.refused(
                                "building.rerun.old",
                                "",
                                old.number(),
                                Limits.RERUN_TIME.toDays()));
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
                        () -> conductor.prepare(tx, made, asked.workflow()));
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
                .flatMap(r -> r.file(run.source().commit(), run.file(), Workshop.WORKFLOW_BYTES))
                .map(blob -> WorkflowReading.read(run.file(), blob.text()))
                .filter(WorkflowReading.Valid.class::isInstance)
                .map(reading -> ((WorkflowReading.Valid) reading).workflow());
    }
}
