package dev.rondo.testing;

import dev.rondo.testing.reports.Finding;
import dev.rondo.testing.reports.Outcome;
import dev.rondo.testing.reports.Problem;
import dev.rondo.testing.reports.Severity;
import dev.rondo.testing.reports.TestResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes what {@code rondo report} found, for people and, with {@code --json}, for scripts. */
final class ReportOutput {
    private static final int FINDINGS_SHOWN = 20;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportOutput() {}

    /** {@code file:line:column: what is wrong}, as compilers write it. */
    static String line(String name, Problem fault, Sentences sentences) {
        var place = fault.line() > 0 ? ":" + fault.line() + ":" + fault.column() : "";
        return name + place + ": " + sentences.say(fault);
    }

    /** {@code line:column: }, or nothing where the whole file is meant. */
    static String place(Problem fault) {
        return fault.line() > 0 ? fault.line() + ":" + fault.column() + ": " : "";
    }

    static void text(
            List<ReportFiles.Reading> readings,
            ReportSummary total,
            Sentences sentences,
            PrintStream out) {
        long files = readings.stream().filter(reading -> reading.faults().isEmpty()).count();
        var rows = new LinkedHashMap<String, String>();
        rows.put("files", String.valueOf(files));
        rows.put("suites", String.valueOf(total.suites()));
        rows.put("tests", String.valueOf(total.tests()));
        rows.put("passed", String.valueOf(total.count(Outcome.PASSED)));
        rows.put("failed", String.valueOf(total.count(Outcome.FAILED)));
        rows.put("errors", String.valueOf(total.count(Outcome.ERROR)));
        rows.put("skipped", String.valueOf(total.count(Outcome.SKIPPED)));
        rows.put("seconds", seconds(total.micros(), sentences));
        int width =
                rows.keySet().stream()
                        .mapToInt(key -> sentences.say("testing.report.row." + key).length())
                        .max()
                        .orElse(0);
        rows.forEach((key, value) ->
                out.printf(
                        "%-" + width + "s  %s%n",
                        sentences.say("testing.report.row." + key),
                        value));
        if (total.flaky() > 0) {
            out.println(sentences.say("testing.report.flaky", total.flaky()));
        }
        if (!total.coverage().isEmpty()) {
            out.println(coverage(total, sentences));
        }
        findings(total, sentences, out);
        for (var test : total.failures()) {
            failure(test, sentences, out);
        }
    }

    private static String coverage(ReportSummary total, Sentences sentences) {
        return sentences.say(
                "testing.report.coverage",
                percent(total.linesCovered(), total.linesTotal()),
                total.linesCovered(),
                total.linesTotal(),
                total.coverage().size());
    }

    private static void findings(ReportSummary total, Sentences sentences, PrintStream out) {
        if (total.findings().isEmpty()) {
            return;
        }
        out.println(
                sentences.say(
                        "testing.report.found",
                        total.count(Severity.ERROR),
                        total.count(Severity.WARNING),
                        total.count(Severity.NOTE)));
        total.findings().stream()
                .sorted((a, b) -> b.severity().compareTo(a.severity()))
                .limit(FINDINGS_SHOWN)
                .forEach(finding ->
                        out.printf(
                                "  %s:%d:%d: %s %s (%s %s)%n",
                                shown(finding.path()),
                                finding.line(),
                                finding.column(),
                                finding.severity().word(),
                                firstLine(finding.message()),
                                shown(finding.tool()),
                                shown(finding.rule())));
        int more = total.findings().size() - FINDINGS_SHOWN;
        if (more > 0) {
            out.println("  " + sentences.say("testing.report.more", more));
        }
    }

    private static void failure(TestResult test, Sentences sentences, PrintStream out) {
        var group = test.className().isEmpty() ? test.suite() : test.className();
        // jest-junit writes the whole sentence into both
        var name =
                group.equals(test.name()) || group.isEmpty()
                        ? test.name()
                        : group + " › " + test.name();
        out.println(
                sentences.say(
                        "testing.report." + test.outcome().word(),
                        shown(name),
                        seconds(test.micros(), sentences)));
        if (!test.message().isBlank()) {
            out.println("        " + firstLine(test.message()));
        }
    }

    static String json(
            List<ReportFiles.Reading> readings, ReportSummary total, Sentences sentences) {
        var reports = new ArrayList<Map<String, Object>>();
        var problems = new ArrayList<Map<String, Object>>();
        for (var reading : readings) {
            for (var format : reading.format()) {
                var report = new LinkedHashMap<String, Object>();
                report.put("file", reading.name());
                report.put("format", format.word());
                counts(report, reading.summary());
                report.put("findings", reading.summary().findings().size());
                report.put("linesCovered", reading.summary().linesCovered());
                report.put("linesTotal", reading.summary().linesTotal());
                reports.add(report);
            }
            for (var fault : reading.faults()) {
                var problem = new LinkedHashMap<String, Object>();
                problem.put("file", reading.name());
                problem.put("line", fault.line());
                problem.put("column", fault.column());
                problem.put("message", sentences.say(fault));
                problems.add(problem);
            }
        }
        var all = new LinkedHashMap<String, Object>();
        all.put("files", reports.size());
        counts(all, total);
        all.put("flaky", total.flaky());
        all.put("failedTests", total.failures().stream().map(ReportOutput::failure).toList());
        all.put("coverage", coverage(total));
        all.put("findings", findings(total));
        all.put("reports", reports);
        all.put("problems", problems);
        return JSON.writeValueAsString(all);
    }

    private static void counts(Map<String, Object> into, ReportSummary summary) {
        into.put("suites", summary.suites());
        into.put("tests", summary.tests());
        into.put("passed", summary.count(Outcome.PASSED));
        into.put("failed", summary.count(Outcome.FAILED));
        into.put("errors", summary.count(Outcome.ERROR));
        into.put("skipped", summary.count(Outcome.SKIPPED));
        into.put("seconds", summary.micros() / 1e6);
    }

    private static Map<String, Object> failure(TestResult test) {
        var json = new LinkedHashMap<String, Object>();
        json.put("suite", test.suite());
        json.put("class", test.className());
        json.put("name", test.name());
        json.put("file", test.file());
        json.put("outcome", test.outcome().word());
        json.put("attempts", test.attempts());
        json.put("seconds", test.micros() / 1e6);
        json.put("message", test.message());
        json.put("stack", test.stack());
        return json;
    }

    private static Map<String, Object> coverage(ReportSummary total) {
        var json = new LinkedHashMap<String, Object>();
        json.put("files", total.coverage().size());
        json.put("linesCovered", total.linesCovered());
        json.put("linesTotal", total.linesTotal());
        if (total.linesTotal() > 0) {
            json.put(
                    "percent", Math.floor(1000.0 * total.linesCovered() / total.linesTotal()) / 10);
        }
        return json;
    }

    private static Map<String, Object> findings(ReportSummary total) {
        var json = new LinkedHashMap<String, Object>();
        json.put("error", total.count(Severity.ERROR));
        json.put("warning", total.count(Severity.WARNING));
        json.put("note", total.count(Severity.NOTE));
        json.put("items", total.findings().stream().map(ReportOutput::finding).toList());
        return json;
    }

    private static Map<String, Object> finding(Finding finding) {
        var json = new LinkedHashMap<String, Object>();
        json.put("tool", finding.tool());
        json.put("rule", finding.rule());
        json.put("level", finding.severity().word());
        json.put("file", finding.path());
        json.put("line", finding.line());
        json.put("column", finding.column());
        json.put("message", finding.message());
        return json;
    }

    private static String seconds(long micros, Sentences sentences) {
        return String.format(sentences.locale(), "%.3f", micros / 1e6);
    }

    /** Rounded down, so that 100 means all of them. */
    static double percent(long part, long whole) {
        return whole == 0 ? 0 : Math.floor(1000.0 * part / whole) / 10;
    }

    /** Names come from files that are not trusted: no control character reaches a terminal. */
    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String firstLine(String text) {
        return shown(text.strip().lines().findFirst().orElse(""));
    }
}
