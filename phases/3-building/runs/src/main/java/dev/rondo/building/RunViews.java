package dev.rondo.building;

import dev.rondo.building.view.ArtifactView;
import dev.rondo.building.view.AttemptView;
import dev.rondo.building.view.JobGroup;
import dev.rondo.building.view.JobView;
import dev.rondo.building.view.LogView;
import dev.rondo.building.view.PendingView;
import dev.rondo.building.view.RemarkView;
import dev.rondo.building.view.RunRow;
import dev.rondo.building.view.RunView;
import dev.rondo.building.view.StepView;
import dev.rondo.building.view.SummaryView;
import dev.rondo.engine.Reviews;
import dev.rondo.joblogs.LogFile;
import dev.rondo.joblogs.LogLines;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStep;
import dev.rondo.records.StepRows;
import dev.rondo.records.Waits;
import dev.rondo.store.Micros;
import dev.rondo.web.Markdown;
import dev.rondo.web.Parts;
import dev.rondo.web.Times;
import gg.jte.Content;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** From rows to what templates see. */
final class RunViews {
    private static final int REMARKS = 100;
    private static final int SUMMARIES = 50;
    private static final int NOTES = 5;

    private RunViews() {}

    static String list(String project) {
        return "/projects/" + project + "/building/runs";
    }

    /** A former attempt has an address of its own. */
    static String path(Run run) {
        String path = list(run.project()) + "/" + run.number();
        return run.turn().latest() ? path : path + "/attempts/" + run.attempt();
    }

    static RunRow row(Run run) {
        return new RunRow(
                run.number(),
                run.name(),
                run.title(),
                run.standing(),
                run.source().branch(),
                run.source().commit(),
                run.source().actor(),
                run.trigger(),
                Micros.toInstant(run.progress().queuedAt()),
                length(run.progress().queuedAt(), run.progress().finishedAt()),
                path(run),
                run.standing().equals("invalid")
                        ? run.progress().message().lines().limit(NOTES).toList()
                        : List.of());
    }

    /** Until now, where there is no end yet. */
    private static Duration length(long from, long to) {
        return from == 0
                ? Duration.ZERO
                : Duration.ofMillis(((to == 0 ? Micros.now() : to) - from) / 1000);
    }

    /** Turns the reason for waiting into the reader's words. */
    interface Words {
        String say(Waits waits);
    }

    static JobView job(Run run, RunJob job, List<RunJob> all, Words words) {
        boolean kept = !job.gate().origin().isEmpty();
        return new JobView(
                job.id(),
                job.name(),
                job.standing(),
                job.allowed(),
                job.message(),
                length(job.startedAt(), job.finishedAt()),
                job(run, job),
                words.say(WaitWords.why(job, all)),
                job.gate().environment(),
                job.gate().url(),
                kept);
    }

    /** The page of a job: of one that was kept, that of the attempt in which it ran. */
    static String job(Run run, RunJob job) {
        String origin = job.gate().origin();
        return (origin.isEmpty() ? path(run) : list(run.project()) + "/" + origin)
                + "/jobs/"
                + job.id();
    }

    static RunView run(Handle sql, Run run, Reader reader) {
        List<RunJob> all = RunRows.jobs(sql, run.id());
        List<RunJob> jobs = all.stream().filter(job -> !job.opened()).toList();
        boolean invalid = run.standing().equals("invalid");
        return new RunView(
                row(run),
                run.file(),
                invalid ? run.progress().message().lines().toList() : List.of(),
                invalid ? "" : run.progress().message(),
                GraphDrawing.draw(all, job -> job(run, job)),
                groups(run, all, jobs, reader),
                artifacts(sql, run),
                summaries(sql, run, jobs),
                remarks(sql, run, jobs),
                attempts(sql, run),
                run.finished() ? "" : reader.words().say(run.progress().waits()),
                jobs.stream().anyMatch(RunJob::failed),
                !run.finished() && run.cancelled(),
                run.finished() ? List.of() : pending(sql, run, all, reader),
                run.turn().latest());
    }

    /** None where there is one alone. */
    private static List<AttemptView> attempts(Handle sql, Run run) {
        List<Run> all = RunRows.attempts(sql, run.project(), run.number());
        return all.size() < 2
                ? List.of()
                : all.stream()
                        .map(one ->
                                new AttemptView(
                                        one.attempt(),
                                        path(one),
                                        one.standing(),
                                        one.attempt() == run.attempt()))
                        .toList();
    }

    /** Who looks at a run, in which words, and which large matrices are open. */
    record Reader(String account, boolean owner, Words words, Set<String> open) {}

    private static List<JobGroup> groups(
            Run run, List<RunJob> all, List<RunJob> jobs, Reader reader) {
        return MatrixFold.of(jobs).groups().stream()
                .map(group -> {
                    boolean open = reader.open().contains(group.id());
                    return new JobGroup(
                            group.id(),
                            group.title(),
                            group.jobs().size(),
                            group.counts(),
                            toggle(run, group.id(), reader.open()),
                            group.matrix() && !open
                                    ? List.of()
                                    : group.jobs().stream()
                                            .map(job -> job(run, job, all, reader.words()))
                                            .toList());
                })
                .toList();
    }

    private static String toggle(Run run, String group, Set<String> open) {
        var others = new TreeSet<>(open);
        if (!others.remove(group)) {
            others.add(group);
        }
        String query =
                others.stream()
                        .map(one -> "open=" + URLEncoder.encode(one, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return path(run) + (query.isEmpty() ? "" : "?" + query) + "#" + group;
    }

    private static List<PendingView> pending(Handle sql, Run run, List<RunJob> all, Reader reader) {
        return Reviews.pending(sql, run, all).stream()
                .map(one ->
                        new PendingView(
                                one.environment().title(),
                                one.jobs().stream().map(RunJob::name).toList(),
                                one.environment().reviewers(),
                                Reviews.choices(
                                                one.environment(),
                                                run,
                                                reader.account(),
                                                reader.owner())
                                        .entrySet()
                                        .stream()
                                        .filter(Map.Entry::getValue)
                                        .map(Map.Entry::getKey)
                                        .toList()))
                .toList();
    }

    static List<ArtifactView> artifacts(Handle sql, Run run) {
        return sql.createQuery(
                        "SELECT name, size, files, digest, mime FROM building_archives WHERE"
                                + " run = ? AND expired = ? ORDER BY name")
                .bind(0, run.id())
                .bind(1, false)
                .map((r, c) ->
                        new ArtifactView(
                                r.getString(1),
                                r.getLong(2),
                                r.getInt(3),
                                r.getString(4),
                                r.getString(5),
                                path(run)
                                        + "/artifacts/"
                                        + URLEncoder.encode(r.getString(1), StandardCharsets.UTF_8)
                                                .replace("+", "%20")))
                .list();
    }

    private static List<SummaryView> summaries(Handle sql, Run run, List<RunJob> jobs) {
        Map<String, String> names = names(jobs);
        var summaries = new ArrayList<SummaryView>();
        for (RunStep step : RunRows.steps(sql, run.id(), "")) {
            if (!step.summary().isBlank() && summaries.size() < SUMMARIES) {
                Content html = Markdown.content(step.summary(), Markdown.Mentions.NONE);
                summaries.add(
                        new SummaryView(
                                names.getOrDefault(step.job(), step.job()), step.title(), html));
            }
        }
        return summaries;
    }

    private static List<RemarkView> remarks(Handle sql, Run run, List<RunJob> jobs) {
        Map<String, String> names = names(jobs);
        return StepRows.remarks(sql, run.id(), REMARKS).stream()
                .map(remark ->
                        new RemarkView(
                                names.getOrDefault(remark.job(), remark.job()),
                                remark.annotation().level(),
                                remark.annotation().title(),
                                remark.annotation().message(),
                                remark.annotation().place().file(),
                                remark.annotation().place().line()))
                .toList();
    }

    private static Map<String, String> names(List<RunJob> jobs) {
        var names = new LinkedHashMap<String, String>();
        jobs.forEach(job -> names.put(job.id(), job.name()));
        return names;
    }

    /** Lines of a log's file, from a number on. */
    record Lines(List<LogFile.Line> lines, long from) {}

    /** The log of a job from a line on. */
    static LogView log(Handle sql, Run run, RunJob job, Lines read, Times times, Words words) {
        List<LogFile.Line> lines = read.lines();
        long from = read.from();
        List<RunStep> rows = RunRows.steps(sql, run.id(), job.id());
        var steps =
                rows.stream()
                        .map(step ->
                                new StepView(
                                        step.title(),
                                        step.conclusion().isEmpty() ? "running" : step.conclusion(),
                                        step.outcome().equals("failure")
                                                && step.conclusion().equals("success"),
                                        length(step.startedAt(), step.finishedAt()),
                                        path(run)
                                                + "/jobs/"
                                                + job.id()
                                                + "?from="
                                                + step.firstLine()
                                                + "#L"
                                                + (step.firstLine() + 1)))
                        .toList();
        long next = lines.isEmpty() ? from : lines.getLast().number() + 1;
        return new LogView(
                row(run),
                job(run, job, RunRows.jobs(sql, run.id()), words),
                steps,
                LogLines.shown(lines, RunStep.beside(rows), times),
                from,
                next);
    }

    /** The panel of runs, or nothing where there are none. */
    static Content orNothing(
            List<Run> runs, java.util.function.Function<List<RunRow>, Content> panel) {
        return runs.isEmpty()
                ? Parts.NOTHING
                : panel.apply(runs.stream().map(RunViews::row).toList());
    }
}
