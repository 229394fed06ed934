package dev.rondo.testing.reports;

/**
 * Cobertura's coverage XML (coverage-04.dtd), as coverage.py, istanbul, gcovr, coverlet and others
 * write it. Lines stand in classes and, again, in methods; they add up to the same set.
 */
final class CoberturaReader {
    private CoberturaReader() {}

    static void read(CharSource in, Limits limits, ReportSink sink) {
        var xml = new XmlScanner(in, limits);
        var file = new LineCounter(limits);
        for (var token = xml.next(); token != XmlScanner.Token.DONE; token = xml.next()) {
            if (token == XmlScanner.Token.END) {
                if (xml.name().equals("class")) {
                    file.finish(sink);
                }
                continue;
            }
            if (xml.depth() == 1 && !xml.name().equals("coverage")) {
                throw xml.fault("testing.report.root", xml.name());
            }
            switch (xml.name()) {
                case "class" ->
                        file.begin(
                                xml.attribute("filename")
                                        .filter(f -> !f.isBlank())
                                        .orElseThrow(() ->
                                                xml.fault(
                                                        "testing.report.attribute",
                                                        "class",
                                                        "filename")),
                                xml);
                case "line" -> file.line(xml, "number", "hits");
                default -> {}
            }
        }
    }
}
