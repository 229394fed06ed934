package dev.rondo.testing.reports;

/**
 * Cobertura's coverage XML (coverage-04.dtd), as coverage.py, istanbul, gcovr, coverlet and others
 * write it. A class tells its lines; those of its methods count only where it tells none, because
 * some tools put the line of the declaration there, which cannot be run.
 */
final class CoberturaReader {
    private final XmlScanner xml;
    private final ReportSink sink;
    private final LineCounter file;
    private final LineCounter methods;
    private boolean inMethods;

    private CoberturaReader(XmlScanner xml, Limits limits, ReportSink sink) {
        this.xml = xml;
        this.sink = sink;
        this.file = new LineCounter(limits);
        this.methods = new LineCounter(limits);
    }

    static void read(CharSource in, Limits limits, ReportSink sink) {
        new CoberturaReader(new XmlScanner(in, limits), limits, sink).document();
    }

    private void document() {
        for (var token = xml.next(); token != XmlScanner.Token.DONE; token = xml.next()) {
            if (token == XmlScanner.Token.START) {
                begin();
            } else {
                end();
            }
        }
    }

    private void begin() {
        if (xml.depth() == 1 && !xml.name().equals("coverage")) {
            throw xml.fault("testing.report.root", xml.name());
        }
        switch (xml.name()) {
            case "class" -> {
                var name =
                        xml.attribute("filename")
                                .filter(path -> !path.isBlank())
                                .orElseThrow(() ->
                                        xml.fault("testing.report.attribute", "class", "filename"));
                file.begin(name, xml);
                methods.begin(name, xml);
            }
            case "methods" -> inMethods = true;
            case "line" -> (inMethods ? methods : file).line(xml, "number", "hits");
            default -> {}
        }
    }

    private void end() {
        if (xml.name().equals("methods")) {
            inMethods = false;
        } else if (xml.name().equals("class")) {
            (file.isEmpty() ? methods : file).finish(sink);
        }
    }
}
