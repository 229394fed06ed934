package dev.rondo.testing.reports;

/** LCOV's tracefile, as described in the manual page geninfo(1), section FILES. */
final class LcovReader {
    private static final int LINE_CHARS = 64 * 1024;

    private final CharSource in;
    private final LineCounter file;
    private final Limits limits;

    private LcovReader(CharSource in, Limits limits) {
        this.in = in;
        this.limits = limits;
        this.file = new LineCounter(limits);
    }

    static void read(CharSource in, Limits limits, ReportSink sink) {
        new LcovReader(in, limits).records(sink);
    }

    private void records(ReportSink sink) {
        var text = new StringBuilder();
        while (in.peek() >= 0) {
            int number = in.line();
            nextLine(text);
            record(text.toString().strip(), number, sink);
        }
        if (file.open()) {
            throw new Unreadable(in.line(), in.column(), "testing.report.lcov.end");
        }
    }

    private void nextLine(StringBuilder text) {
        text.setLength(0);
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (text.length() >= LINE_CHARS) {
                throw new Unreadable(
                        in.line(), in.column(), "testing.report.lcov.long", LINE_CHARS);
            }
            text.append((char) c);
        }
    }

    private void record(String text, int number, ReportSink sink) {
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        if (text.equals("end_of_record")) {
            file.finish(sink);
        } else if (text.startsWith("SF:")) {
            begin(text.substring(3).strip(), number);
        } else if (text.startsWith("DA:")) {
            line(text.substring(3), number);
        } else if (!text.matches("[A-Z]{2,8}:.*")) {
            throw new Unreadable(number, 1, "testing.report.lcov.record", shorten(text));
        }
    }

    private void begin(String path, int number) {
        if (file.open() || path.isEmpty()) {
            throw new Unreadable(number, 1, "testing.report.lcov.end");
        }
        if (!file.begin(path)) {
            throw new Unreadable(number, 1, "testing.report.files", limits.files());
        }
    }

    private void line(String text, int number) {
        if (!file.open()) {
            throw new Unreadable(number, 1, "testing.report.line.place");
        }
        var parts = text.split(",", 3);
        if (parts.length < 2 || !file.line(parts[0].strip(), parts[1].strip())) {
            throw new Unreadable(
                    number,
                    4,
                    "testing.report.line",
                    shorten(parts[0]),
                    parts.length < 2 ? "" : shorten(parts[1]),
                    limits.lines());
        }
    }

    private static String shorten(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
