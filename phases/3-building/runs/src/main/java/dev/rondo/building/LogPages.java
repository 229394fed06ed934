package dev.rondo.building;

import dev.rondo.building.pages.Templates;
import dev.rondo.building.view.LogView;
import dev.rondo.engine.Workshop;
import dev.rondo.joblogs.LogDownloads;
import dev.rondo.joblogs.LogFile;
import dev.rondo.joblogs.LogLine;
import dev.rondo.joblogs.LogLines;
import dev.rondo.joblogs.LogScan;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStep;
import dev.rondo.records.RunStore;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The log of a job: its page, and what the page fetches while people scroll (lines from anywhere,
 * where groups begin and end, where words stand).
 */
final class LogPages {
    private static final int FIRST_LINES = 200;
    private static final int PAGE_LINES = 2_000;

    private final Workshop shop;
    private final RunPages runs;
    private final Templates templates;

    LogPages(Workshop shop, RunPages runs, Templates templates) {
        this.shop = shop;
        this.runs = runs;
        this.templates = templates;
    }

    void register(Routes routes) {
        for (String run : RunPages.RUN) {
            String job = run + "/jobs/{job}";
            routes.get(job, May.READ, this::show);
            routes.get(job + "/lines", May.READ, this::lines);
            routes.get(job + "/outline", May.READ, this::outline);
            routes.get(job + "/matches", May.READ, this::matches);
            routes.get(job + "/text", May.READ, this::text);
        }
    }

    private RunJob job(Visit visit, Run run) {
        return shop.spine()
                .store()
                .read(sql -> RunRows.job(sql, run.id(), visit.param("job")))
                .orElseThrow(visit::missing);
    }

    private LogFile log(Visit visit) {
        Run run = runs.run(visit);
        return shop.logs().of(run.id(), job(visit, run).id());
    }

    private void show(Visit visit) {
        Run run = runs.run(visit);
        RunJob job = job(visit, run);
        long from = number(visit, "from", 0);
        List<LogFile.Line> lines = shop.logs().of(run.id(), job.id()).read(from, FIRST_LINES);
        LogView view =
                shop.spine()
                        .store()
                        .read(sql ->
                                RunViews.log(
                                        sql,
                                        run,
                                        job,
                                        new RunViews.Lines(lines, from),
                                        visit.times(),
                                        waits -> WaitWords.say(visit, waits)));
        visit.page(
                Page.titled(job.name())
                        .trail(visit.text("building.runs"), RunViews.list(run.project()))
                        .trail(run.name() + " #" + run.number(), RunViews.path(run))
                        .menu("building.menu.runs")
                        .style(RunPages.STYLE)
                        .script("building/log.js")
                        .wide(),
                Parts.live(
                        visit,
                        List.of(RunStore.subject(run), RunStore.subject(run.id(), job.id())),
                        templates.log(visit, view)));
    }

    private static long number(Visit visit, String name, long usual) {
        return visit.query(name)
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(Long::parseLong)
                .orElse(usual);
    }

    /** {@code ?from=&limit=}: lines by their numbers, and how many there are by now. */
    private void lines(Visit visit) {
        Run run = runs.run(visit);
        RunJob job = job(visit, run);
        LogFile log = shop.logs().of(run.id(), job.id());
        List<RunStep> steps =
                shop.spine().store().read(sql -> RunRows.steps(sql, run.id(), job.id()));
        int limit = (int) Math.clamp(number(visit, "limit", PAGE_LINES), 1, PAGE_LINES);
        List<LogLine> lines =
                LogLines.shown(
                        log.read(number(visit, "from", 0), limit),
                        RunStep.beside(steps),
                        visit.times());
        visit.http().header("Cache-Control", "no-store");
        visit.json(Map.of("total", log.count(), "lines", lines));
    }

    /** Groups as pairs of line numbers; what has no end yet has the end -1. */
    private void outline(Visit visit) {
        LogFile log = log(visit);
        visit.http().header("Cache-Control", "no-store");
        visit.json(Map.of("total", log.count(), "groups", LogScan.groups(log)));
    }

    private void matches(Visit visit) {
        LogScan.Matches found = LogScan.matches(log(visit), visit.query("q").orElse(""));
        visit.http().header("Cache-Control", "no-store");
        visit.json(Map.of("lines", found.lines(), "more", found.more()));
    }

    private void text(Visit visit) throws IOException {
        LogDownloads.text(visit, log(visit));
    }
}
