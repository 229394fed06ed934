package dev.rondo.testing.reports;

/** One test while its element is being read: what stands in it decides how it ended. */
final class TestCase {
    private final String suite;
    private final String className;
    private final String name;
    private final String file;
    private final long micros;
    private Outcome outcome = Outcome.PASSED;
    private boolean flaky;
    private int attempts = 1;
    private String message = "";
    private String stack = "";

    TestCase(String suite, String className, String name, String file, long micros) {
        this.suite = suite;
        this.className = className;
        // Surefire writes what breaks before the first test as a test without a name
        this.name = name.isEmpty() ? className : name;
        this.file = file;
        this.micros = micros;
    }

    /** googletest marks a test that was not run by an attribute alone. */
    void status(String status, String result) {
        boolean skipped =
                switch (status) {
                    case "notrun", "disabled", "skipped" -> true;
                    default -> result.equals("skipped") || result.equals("suppressed");
                };
        if (skipped) {
            outcome = Outcome.SKIPPED;
        }
    }

    /** Reads an element within the test, to its end. */
    void child(XmlScanner xml) {
        switch (xml.name()) {
            case "failure" -> bad(xml, Outcome.FAILED);
            case "error" -> bad(xml, Outcome.ERROR);
            case "skipped" -> {
                var reason = xml.attribute("message", "");
                var text = xml.content().strip();
                if (!outcome.bad()) {
                    outcome = Outcome.SKIPPED;
                    message = reason.isEmpty() ? text : reason;
                }
            }
            case "flakyFailure", "flakyError" -> {
                flaky = true;
                attempts++;
                remember(xml);
            }
            case "rerunFailure", "rerunError" -> {
                attempts++;
                xml.skip();
            }
            default -> xml.skip();
        }
    }

    /** A test with both ended in error: its clean-up crashed after it had failed. */
    void failed(Outcome how) {
        if (outcome != Outcome.ERROR) {
            outcome = how;
        }
    }

    private void bad(XmlScanner xml, Outcome how) {
        if (!outcome.bad()) {
            message = "";
            stack = "";
        }
        failed(how);
        remember(xml);
    }

    private void remember(XmlScanner xml) {
        var type = xml.attribute("type", "");
        var said = xml.attribute("message", "");
        var text = xml.content().strip();
        if (message.isEmpty() && stack.isEmpty()) {
            stack = text;
            message = said.isBlank() ? firstLine(text.isEmpty() ? type : text) : said;
        }
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end).strip();
    }

    TestResult result() {
        return new TestResult(
                suite,
                className,
                name,
                file,
                outcome,
                flaky && !outcome.bad(),
                attempts,
                micros,
                message,
                stack);
    }
}
