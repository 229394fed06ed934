package dev.rondo.testing.reports;

import java.io.InputStream;
import java.util.Map;
import tools.jackson.core.JsonToken;

/**
 * ESLint's {@code --format json}: a list of files, each with its messages
 * (https://eslint.org/docs/latest/use/formatters/#json).
 */
final class EslintReader {
    private final JsonScanner json;
    private final Limits limits;
    private final ReportSink sink;
    private int findings;

    private EslintReader(JsonScanner json, Limits limits, ReportSink sink) {
        this.json = json;
        this.limits = limits;
        this.sink = sink;
    }

    static void read(InputStream in, Limits limits, ReportSink sink) {
        try (var json = new JsonScanner(in, limits)) {
            var reader = new EslintReader(json, limits, sink);
            json.begin(JsonToken.START_ARRAY);
            json.list(reader::file);
            json.end();
        }
    }

    private void file() {
        var file = new SourceFile();
        json.object(
                Map.of(
                        "filePath", value -> file.path = value.text(),
                        "messages", value -> file.messages = messages(file)));
        if (file.path.isEmpty() || !file.messages) {
            throw json.fault("testing.report.eslint.file");
        }
    }

    /** ESLint writes the path first; a file that does not is not one of ESLint's. */
    private boolean messages(SourceFile file) {
        if (file.path.isEmpty()) {
            throw json.fault("testing.report.eslint.file");
        }
        json.list(() -> message(file.path));
        return true;
    }

    private void message(String path) {
        if (++findings > limits.findings()) {
            throw json.fault("testing.report.findings", limits.findings());
        }
        var message = new Message();
        json.object(
                Map.of(
                        "ruleId", value -> message.rule = value.text(),
                        "severity", value -> message.severity = value.number(),
                        "message", value -> message.text = value.text(),
                        "line", value -> message.line = value.number(),
                        "column", value -> message.column = value.number()));
        sink.finding(
                new Finding(
                        "ESLint",
                        message.rule,
                        message.severity >= 2 ? Severity.ERROR : Severity.WARNING,
                        message.text,
                        path.replace('\\', '/'),
                        message.line,
                        message.column));
    }

    private static final class SourceFile {
        private String path = "";
        private boolean messages;
    }

    private static final class Message {
        private String rule = "";
        private String text = "";
        private int severity;
        private int line;
        private int column;
    }
}
