package dev.rondo.monitoring;

import dev.rondo.monitoring.JudgementReport.Point;
import dev.rondo.web.Visit;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A judgement's looks as charts. */
final class JudgementCourse {

    private JudgementCourse() {}

    /** Share of the evidence that is needed, as a logarithm: at one the candidate fails. */
    static Chart evidence(JudgementReport report, Visit visit) {
        var needed = Math.log(report.needed());
        return chart(
                report,
                "ratio",
                List.of(
                        line(
                                visit.text("monitoring.course.errors"),
                                report,
                                point -> Math.max(0, Math.log(point.evidence()) / needed),
                                "bad"),
                        line(
                                visit.text("monitoring.course.latency"),
                                report,
                                point -> Math.max(0, Math.log(point.slowness()) / needed),
                                "warn"),
                        new Chart.Line(
                                visit.text("monitoring.course.needed"),
                                Collections.nCopies(report.course().size(), 1.0),
                                "neutral")));
    }

    static Chart errors(Judgement judgement, JudgementReport report) {
        return chart(
                report,
                "ratio",
                List.of(
                        line(
                                judgement.stable(),
                                report,
                                point -> ratio(point.stableErrors(), point.stableRequests()),
                                "good"),
                        line(
                                judgement.candidate(),
                                report,
                                point -> ratio(point.candidateErrors(), point.candidateRequests()),
                                "warn")));
    }

    private static double ratio(long errors, long requests) {
        return requests == 0 ? Double.NaN : (double) errors / requests;
    }

    private static Chart chart(JudgementReport report, String unit, List<Chart.Line> lines) {
        return new Chart(
                report.course().stream().map(point -> point.at() / 1e6).toList(),
                lines,
                unit,
                List.of());
    }

    private static Chart.Line line(
            String title, JudgementReport report, ToDoubleFunction<Point> value, String tone) {
        var values = new java.util.ArrayList<@Nullable Double>();
        for (var point : report.course()) {
            var found = value.applyAsDouble(point);
            values.add(Double.isFinite(found) ? found : null);
        }
        return new Chart.Line(title, values, tone);
    }
}
