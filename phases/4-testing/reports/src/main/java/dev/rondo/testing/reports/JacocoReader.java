package dev.rondo.testing.reports;

/**
 * JaCoCo's XML report (https://www.jacoco.org/jacoco/trunk/coverage/report.dtd). A source file is
 * named by its package and its own name; where it stands in the repository is found later.
 */
final class JacocoReader {
    private JacocoReader() {}

    static void read(CharSource in, Limits limits, ReportSink sink) {
        var xml = new XmlScanner(in, limits);
        var file = new LineCounter(limits);
        var folder = "";
        for (var token = xml.next(); token != XmlScanner.Token.DONE; token = xml.next()) {
            if (token == XmlScanner.Token.END) {
                if (xml.name().equals("sourcefile")) {
                    file.finish(sink);
                }
                continue;
            }
            if (xml.depth() == 1 && !xml.name().equals("report")) {
                throw xml.fault("testing.report.root", xml.name());
            }
            switch (xml.name()) {
                case "package" -> folder = xml.attribute("name", "");
                case "sourcefile" -> {
                    var name = required(xml, "sourcefile", "name");
                    file.begin(folder.isEmpty() ? name : folder + "/" + name, xml);
                }
                case "line" -> file.line(xml, "nr", "ci");
                default -> {}
            }
        }
    }

    private static String required(XmlScanner xml, String element, String attribute) {
        return xml.attribute(attribute)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> xml.fault("testing.report.attribute", element, attribute));
    }
}
