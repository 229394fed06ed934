package dev.rondo.building;

import dev.rondo.building.pages.Templates;
import dev.rondo.building.view.SourceLine;
import dev.rondo.engine.Workshop;
import dev.rondo.git.Blob;
import dev.rondo.records.Run;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The workflow file of a run, as it was at its commit, with its mistakes where they stand. */
final class WorkflowFilePage {
    private static final Pattern MISTAKE = Pattern.compile("(.+?):([0-9]+):([0-9]+): (.*)");

    private final Workshop shop;
    private final RunPages runs;
    private final Templates templates;

    WorkflowFilePage(Workshop shop, RunPages runs, Templates templates) {
        this.shop = shop;
        this.runs = runs;
        this.templates = templates;
    }

    void register(Routes routes) {
        RunPages.RUN.forEach(run -> routes.get(run + "/workflow", May.READ, this::show));
    }

    private void show(Visit visit) {
        Run run = runs.run(visit);
        String text =
                shop.spine()
                        .repositories()
                        .find(run.project())
                        .flatMap(git ->
                                git.file(
                                        run.source().commit(), run.file(), Workshop.WORKFLOW_BYTES))
                        .map(Blob::text)
                        .orElseThrow(visit::missing);
        visit.page(
                Page.titled(run.file())
                        .trail(visit.text("building.runs"), RunViews.list(run.project()))
                        .trail(run.name() + " #" + run.number(), RunViews.path(run))
                        .menu("building.menu.runs")
                        .style(RunPages.STYLE)
                        .wide(),
                templates.workflowFile(visit, RunViews.row(run), run.file(), lines(text, run)));
    }

    private static List<SourceLine> lines(String text, Run run) {
        List<String> said = run.progress().message().lines().toList();
        var lines = new ArrayList<SourceLine>();
        for (String line : text.split("\r?\n", -1)) {
            int number = lines.size() + 1;
            var mistakes = new ArrayList<String>();
            for (String one : said) {
                Matcher mistake = MISTAKE.matcher(one);
                if (mistake.matches()
                        && mistake.group(1).equals(run.file())
                        && mistake.group(2).equals(String.valueOf(number))) {
                    mistakes.add(mistake.group(3) + ": " + mistake.group(4));
                }
            }
            lines.add(new SourceLine(number, line, mistakes));
        }
        return lines;
    }
}
