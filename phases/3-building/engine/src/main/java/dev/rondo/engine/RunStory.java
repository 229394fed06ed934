package dev.rondo.engine;

import dev.rondo.joblogs.LogWriter;
import dev.rondo.jobs.Annotation;
import dev.rondo.jobs.JobLog;
import dev.rondo.jobs.JobStory;
import dev.rondo.jobs.StepMark;
import dev.rondo.journal.Fact;
import dev.rondo.records.Run;
import dev.rondo.records.RunStep;
import dev.rondo.records.RunStore;
import dev.rondo.records.StepRows;
import dev.rondo.results.LiveJob;
import dev.rondo.store.Micros;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes down what happens in a job of a run, and tells the pages. */
final class RunStory implements JobStory, AutoCloseable {
    private final Workshop shop;
    private final Run run;
    private final String job;
    private final LogWriter log;
    private final StepScribe steps;
    private final Map<Integer, RunStep> begun = new HashMap<>();
    private List<Fact.StoredFile> reports = List.of();
    private Optional<LiveJob> live = Optional.empty();

    RunStory(Workshop shop, Run run, String job) {
        this.shop = shop;
        this.run = run;
        this.job = job;
        this.steps = new StepScribe(shop, run, job);
        this.log =
                new LogWriter(
                        shop.logs().of(run.id(), job),
                        () ->
                                shop.spine()
                                        .live()
                                        .publish(
                                                run.project(),
                                                RunStore.subject(run.id(), job),
                                                "log",
                                                ""));
    }

    /** What the job has ends with this story. */
    void until(LiveJob job) {
        live = Optional.of(job);
    }

    @Override
    public void line(int step, String text) {
        log.line(step, text);
        shop.tap().line(job, text);
    }

    @Override
    public void began(StepMark step) {
        RunStep row = row(step, log.lines(), Micros.now(), 0);
        begun.put(step.place(), row);
        steps.write(row);
        shop.tap().began(job, step);
    }

    private RunStep row(StepMark step, long line, long began, long ended) {
        return new RunStep(
                job,
                step.place(),
                step.id(),
                step.title(),
                step.outcome(),
                step.conclusion(),
                step.message(),
                line,
                step.summary(),
                began,
                ended);
    }

    /** A skipped step never began. */
    @Override
    public void ended(StepMark step) {
        RunStep before = begun.remove(step.place());
        long now = Micros.now();
        long line = before == null ? log.lines() : before.firstLine();
        steps.write(row(step, line, before == null ? now : before.startedAt(), now));
        shop.tap().ended(job, step);
    }

    @Override
    public void remarked(List<Annotation> annotations) {
        shop.spine()
                .store()
                .update(tx -> StepRows.annotations(tx.sql(), run.id(), job, annotations));
    }

    @Override
    public boolean wantsWorkspace() {
        return !shop.reports().of(run.project(), run.source().commit()).isEmpty();
    }

    @Override
    public void leaving(Path workspace, JobLog lines) {
        reports = new Reports(shop).collect(run, workspace, lines);
    }

    /** The files that testing asked for, once the job has left. */
    List<Fact.StoredFile> reports() {
        return reports;
    }

    @Override
    public void close() {
        live.ifPresent(LiveJob::close);
        steps.close();
        log.close();
    }
}
