package dev.rondo.testing;

import dev.rondo.journal.Subject;
import dev.rondo.store.Micros;
import dev.rondo.testing.view.DecisionView;
import dev.rondo.testing.view.EvidencePanel;
import dev.rondo.testing.view.EvidenceView;
import dev.rondo.testing.view.HistoryView;
import dev.rondo.testing.view.OverviewView;
import dev.rondo.testing.view.PyramidView;
import dev.rondo.testing.view.RunLine;
import dev.rondo.web.Paging;
import dev.rondo.web.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Puts together what a page shows, in the reader's language. */
final class Views {
    private static final int SHORT_LIST = 8;
    private static final int LONG_LIST = 200;
    private static final int BAR_WIDTH = 12;
    private static final int BAR_HEIGHT = 80;

    private Views() {}

    static OverviewView overview(Handle sql, String project, Paging paging, Sentences sentences) {
        var trend = PageReads.lastOfDefaultBranch(sql, project, TestReads.BACK);
        var latest = trend.stream().findFirst();
        var key = latest.map(line -> new RunKey(project, line.run()));
        return new OverviewView(
                latest,
                key.map(found -> pyramid(sql, found, sentences))
                        .orElseGet(() -> Pyramid.draw(Map.of(), sentences)),
                trend.reversed().stream().map(line -> (double) line.tests()).toList(),
                trend.reversed().stream().map(line -> line.time().toMillis() / 1000.0).toList(),
                trend.reversed().stream().filter(RunLine::covered).map(RunLine::percent).toList(),
                key
                        .map(found -> TestReads.failures(sql, found, SHORT_LIST))
                        .orElse(List.of())
                        .stream()
                        .map(EvidenceView.Failure::test)
                        .toList(),
                TestReads.flaky(sql, project, SHORT_LIST),
                key.map(found -> TestReads.slowest(sql, found, SHORT_LIST)).orElse(List.of()),
                PageReads.runs(sql, project, paging));
    }

    static PyramidView pyramid(Handle sql, RunKey key, Sentences sentences) {
        return Pyramid.draw(PageReads.figures(sql, key).details().levels(), sentences);
    }

    static EvidenceView evidence(Handle sql, RunKey key, RunLine line, Visit visit, Sentences say) {
        var figures = PageReads.figures(sql, key);
        var decisions =
                PageReads.decisions(sql, key).stream().map(each -> decision(each, say)).toList();
        boolean waiting = line.verdict().equals("waiting");
        return new EvidenceView(
                line,
                waiting,
                visit.link(Subject.of("pipelinerun", key.run())).orElse(""),
                visit.link(Subject.of("change", line.commit())).orElse(""),
                figures.suites(),
                figures.errors(),
                figures.flaky(),
                decisions.stream().findFirst(),
                decisions.stream().skip(1).toList(),
                Pyramid.draw(figures.details().levels(), say),
                TestReads.failures(sql, key, LONG_LIST),
                TestReads.shaky(sql, key, LONG_LIST),
                PageReads.suites(sql, key, LONG_LIST),
                coverage(sql, key, figures),
                findings(sql, key),
                PageReads.reports(sql, key, say));
    }

    private static EvidenceView.Coverage coverage(
            Handle sql, RunKey key, PageReads.Figures figures) {
        return new EvidenceView.Coverage(
                figures.files(),
                figures.covered(),
                figures.total(),
                ReportOutput.percent(figures.covered(), figures.total()),
                PageReads.shortId(figures.base()),
                figures.changedCovered(),
                figures.changedTotal(),
                ReportOutput.percent(figures.changedCovered(), figures.changedTotal()),
                PageReads.files(sql, key, 2 * LONG_LIST));
    }

    private static List<EvidenceView.Found> findings(Handle sql, RunKey key) {
        return sql.createQuery(
                        "SELECT severity, fresh, tool, rule, message, path, line"
                                + " FROM testing_findings WHERE project = ? AND run = ?"
                                + " ORDER BY fresh DESC, CASE severity WHEN 'error' THEN 0"
                                + " WHEN 'warning' THEN 1 ELSE 2 END, ordinal LIMIT ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .bind(2, LONG_LIST)
                .map((row, ctx) ->
                        new EvidenceView.Found(
                                row.getString(1),
                                row.getInt(2) == 1,
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getInt(7)))
                .list();
    }

    static DecisionView decision(PageReads.Decided decided, Sentences say) {
        return new DecisionView(
                decided.number(),
                decided.verdict(),
                decided.reasons().stream()
                        .map(reason -> new DecisionView.Why(reason.in(say), reason.good()))
                        .toList(),
                decided.actor(),
                Micros.toInstant(decided.at()),
                PageReads.shortId(decided.rules()));
    }

    static HistoryView history(TestReads.Named named, List<HistoryView.Point> points) {
        var passedTimes =
                points.stream()
                        .filter(point -> point.outcome().equals("passed"))
                        .map(HistoryView.Point::time)
                        .sorted()
                        .toList();
        long failed =
                points.stream()
                        .filter(point ->
                                point.outcome().equals("failed") || point.outcome().equals("error"))
                        .count();
        return new HistoryView(
                named.holder(),
                named.name(),
                named.level(),
                TestReads.flaky(points),
                passedTimes.size(),
                (int) failed,
                passedTimes.isEmpty() ? Duration.ZERO : passedTimes.get(passedTimes.size() / 2),
                points,
                bars(points));
    }

    private static List<HistoryView.Bar> bars(List<HistoryView.Point> points) {
        long longest = points.stream().mapToLong(point -> point.time().toNanos()).max().orElse(0);
        var bars = new ArrayList<HistoryView.Bar>();
        int x = 0;
        for (var point : points.reversed()) {
            int height =
                    longest == 0
                            ? 4
                            : (int) Math.max(4, BAR_HEIGHT * point.time().toNanos() / longest);
            var tone =
                    point.flaky()
                            ? "warn"
                            : switch (point.outcome()) {
                                case "passed" -> "good";
                                case "failed", "error" -> "bad";
                                default -> "faint";
                            };
            var title =
                    "#"
                            + point.number()
                            + " "
                            + point.outcome()
                            + " "
                            + point.time().toMillis()
                            + " ms";
            bars.add(
                    new HistoryView.Bar(x, BAR_HEIGHT - height, height, tone, title, point.path()));
            x += BAR_WIDTH;
        }
        return bars;
    }

    /** For the pages of other phases; empty where nothing was ever tested. */
    static Optional<EvidencePanel> panel(
            Handle sql, String project, List<RunLine> runs, Sentences say) {
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        var key = new RunKey(project, runs.getFirst().run());
        var decision =
                PageReads.decisions(sql, key).stream().findFirst().map(each -> decision(each, say));
        boolean tested = runs.getFirst().tests() > 0;
        return Optional.of(
                new EvidencePanel(
                        runs,
                        decision,
                        tested ? Optional.of(pyramid(sql, key, say)) : Optional.empty()));
    }
}
