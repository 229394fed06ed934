package dev.rondo.testing.reports;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). What a run's properties mean may
 * stand behind its results, so the results of one run are held until the run is read.
 */
final class SarifReader {
    private final JsonScanner json;
    private final Limits limits;
    private final ReportSink sink;
    private int findings;

    private SarifReader(JsonScanner json, Limits limits, ReportSink sink) {
        this.json = json;
        this.limits = limits;
        this.sink = sink;
    }

    static void read(InputStream in, Limits limits, ReportSink sink) {
        try (var json = new JsonScanner(in, limits)) {
            new SarifReader(json, limits, sink).document();
        }
    }

    private void document() {
        var log = new Log();
        json.begin(JsonToken.START_OBJECT);
        json.object(
                Map.of(
                        "version", value -> log.version = value.text(),
                        "runs", value -> log.runs = runs()));
        json.end();
        if (!log.runs) {
            throw ReportFormat.unknown();
        }
        if (!log.version.equals("2.1.0")) {
            throw new Unreadable("testing.report.sarif.version", log.version);
        }
    }

    private boolean runs() {
        json.list(this::run);
        return true;
    }

    private void run() {
        var run = new Run();
        json.object(
                Map.of(
                        "tool", value -> value.object(Map.of("driver", driver -> driver(run))),
                        "results", value -> value.list(() -> result(run))));
        for (var result : run.results) {
            run.finding(result).ifPresent(sink::finding);
        }
    }

    private void driver(Run run) {
        json.object(
                Map.of(
                        "name", value -> run.tool = value.text(),
                        "rules", value -> value.list(() -> rule(run))));
    }

    private void rule(Run run) {
        if (run.ruleIds.size() >= limits.findings()) {
            throw json.fault("testing.report.findings", limits.findings());
        }
        var rule = new Result();
        json.object(
                Map.of(
                        "id", value -> rule.rule = value.text(),
                        "shortDescription",
                                value ->
                                        value.object(
                                                Map.of("text", text -> rule.text = text.text())),
                        "defaultConfiguration",
                                value ->
                                        value.object(
                                                Map.of(
                                                        "level",
                                                        level -> rule.level = level.text()))));
        run.ruleIds.add(rule.rule);
        run.rules.put(rule.rule, rule);
    }

    private void result(Run run) {
        if (++findings > limits.findings()) {
            throw json.fault("testing.report.findings", limits.findings());
        }
        var result = new Result();
        json.object(
                Map.of(
                        "ruleId", value -> result.rule = value.text(),
                        "ruleIndex", value -> result.ruleIndex = value.number(),
                        "rule",
                                value ->
                                        value.object(
                                                Map.of(
                                                        "id", id -> result.rule = id.text(),
                                                        "index",
                                                                at ->
                                                                        result.ruleIndex =
                                                                                at.number())),
                        "level", value -> result.level = value.text(),
                        "kind", value -> result.kind = value.text(),
                        "message",
                                value ->
                                        value.object(
                                                Map.of("text", text -> result.text = text.text())),
                        "locations", value -> value.list(() -> location(result)),
                        "suppressions", value -> value.list(() -> suppression(result))));
        run.results.add(result);
    }

    private void location(Result result) {
        if (!result.path.isEmpty()) {
            json.skip();
            return;
        }
        json.object(Map.of("physicalLocation", value -> physicalLocation(result)));
    }

    private void physicalLocation(Result result) {
        json.object(
                Map.of(
                        "artifactLocation",
                                value ->
                                        value.object(
                                                Map.of(
                                                        "uri",
                                                        uri -> result.path = path(uri.text()))),
                        "region",
                                value ->
                                        value.object(
                                                Map.of(
                                                        "startLine",
                                                                at -> result.line = at.number(),
                                                        "startColumn",
                                                                at ->
                                                                        result.column =
                                                                                at.number()))));
    }

    /** Section 3.35.3: a suppression counts unless it was rejected or is still under review. */
    private void suppression(Result result) {
        var status = new StringBuilder("accepted");
        json.object(Map.of("status", value -> status.replace(0, status.length(), value.text())));
        result.suppressed |= status.toString().equals("accepted");
    }

    static String path(String uri) {
        var path = uri.replace('\\', '/');
        if (path.startsWith("file:")) {
            path = path.substring(5).replaceFirst("^//[^/]*", "");
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a path with a bare percent sign, written by a tool that does not encode
            return path;
        }
    }

    private static final class Log {
        private String version = "";
        private boolean runs;
    }

    private static final class Result {
        private String rule = "";
        private String text = "";
        private String level = "";
        private String kind = "fail";
        private String path = "";
        private int ruleIndex = -1;
        private int line;
        private int column;
        private boolean suppressed;
    }

    private static final class Run {
        private final List<Result> results = new ArrayList<>();
        private final List<String> ruleIds = new ArrayList<>();
        private final Map<String, Result> rules = new HashMap<>();
        private String tool = "";

        /** Section 3.27.10: the level is the result's, else the rule's, else warning. */
        Optional<Finding> finding(Result result) {
            if (result.suppressed || !result.kind.equals("fail")) {
                return Optional.empty();
            }
            var id = result.rule;
            if (id.isEmpty() && result.ruleIndex >= 0 && result.ruleIndex < ruleIds.size()) {
                id = ruleIds.get(result.ruleIndex);
            }
            var rule = rules.getOrDefault(id, new Result());
            var level = result.level.isEmpty() ? rule.level : result.level;
            var text = result.text.isEmpty() ? rule.text : result.text;
            var ruleName = id;
            return Severity.of(level.isEmpty() ? "warning" : level)
                    .map(severity ->
                            new Finding(
                                    tool,
                                    ruleName,
                                    severity,
                                    text,
                                    result.path,
                                    result.line,
                                    result.column));
        }
    }
}
