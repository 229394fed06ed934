package dev.rondo.testing.reports;

import java.util.BitSet;

/** Gathers the lines of the file whose coverage is being read. */
final class LineCounter {
    private final Limits limits;
    private final BitSet lines = new BitSet();
    private final BitSet covered = new BitSet();
    private String path = "";
    private int files;

    LineCounter(Limits limits) {
        this.limits = limits;
    }

    boolean open() {
        return !path.isEmpty();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void begin(String file, XmlScanner xml) {
        if (!begin(file)) {
            throw xml.fault("testing.report.files", limits.files());
        }
    }

    /** False where there are too many files. */
    boolean begin(String file) {
        path = file.replace('\\', '/').replace('\u0000', '\uFFFD');
        lines.clear();
        covered.clear();
        return ++files <= limits.files();
    }

    void line(XmlScanner xml, String number, String hits) {
        if (!open()) {
            throw xml.fault("testing.report.line.place");
        }
        var line = xml.attribute(number, "");
        var count = xml.attribute(hits, "");
        if (!line(line, count)) {
            throw xml.fault("testing.report.line", line, count, limits.lines());
        }
    }

    /**
     * False where that is no line number or no count. Counts may be longer than any number type.
     */
    boolean line(String number, String hits) {
        if (!number.matches("[0-9]{1,9}") || !hits.matches("-?[0-9]{1,40}")) {
            return false;
        }
        int line = Integer.parseInt(number);
        if (line > limits.lines()) {
            return false;
        }
        // gcov counts what no line wrote as line 0
        if (line > 0) {
            lines.set(line);
            if (!hits.startsWith("-") && hits.chars().anyMatch(c -> c != '0')) {
                covered.set(line);
            }
        }
        return true;
    }

    void finish(ReportSink sink) {
        if (open()) {
            sink.coverage(new FileCoverage(path, Lines.of(lines), Lines.of(covered)));
            path = "";
        }
    }
}
