package dev.rondo.testing.reports;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * JUnit XML as Ant began it and as Surefire, Gradle, jest-junit, mocha, pytest, googletest and
 * others write it. The shapes differ: suites nest or not, a test may be tried again ({@code
 * rerunFailure}, {@code flakyError}, …: Surefire's schema surefire-test-report.xsd 3.0), a suite
 * that could not start may have no test at all. Counts are made from the tests, not taken from the
 * attributes, which many tools get wrong.
 */
final class JUnitReader {
    private static final Pattern GROUPS = Pattern.compile("[,' ](?=\\d{3}(?:\\D|$))");

    private final XmlScanner xml;
    private final Limits limits;
    private final ReportSink sink;
    private final Deque<Suite> suites = new ArrayDeque<>();
    private int tests;

    private JUnitReader(XmlScanner xml, Limits limits, ReportSink sink) {
        this.xml = xml;
        this.limits = limits;
        this.sink = sink;
    }

    static void read(CharSource in, Limits limits, ReportSink sink) {
        new JUnitReader(new XmlScanner(in, limits), limits, sink).document();
    }

    private void document() {
        for (var token = xml.next(); token != XmlScanner.Token.DONE; token = xml.next()) {
            if (token == XmlScanner.Token.START) {
                element();
            } else if (xml.name().equals("testsuite")) {
                finish(suites.pop());
            }
        }
    }

    private void element() {
        switch (xml.name()) {
            case "testsuites" -> {
                if (xml.depth() > 1) {
                    throw xml.fault("testing.report.junit.place", "testsuites");
                }
            }
            case "testsuite" -> suites.push(suite());
            case "testcase" -> testcase();
            case "failure", "error" -> suiteFault();
            default -> {
                if (xml.depth() == 1) {
                    throw xml.fault("testing.report.root", xml.name());
                }
                xml.skip();
            }
        }
    }

    private Suite suite() {
        return new Suite(
                xml.attribute("name", ""),
                xml.attribute("file").or(() -> xml.attribute("filepath")).orElse(""),
                micros(xml.attribute("time", "")),
                count("failures") + count("errors"));
    }

    /** A figure that is only looked at where there are no tests to count. */
    private int count(String attribute) {
        var text = xml.attribute(attribute, "");
        return text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : 0;
    }

    private void testcase() {
        if (suites.isEmpty()) {
            throw xml.fault("testing.report.junit.place", "testcase");
        }
        var suite = suites.getFirst();
        var className = xml.attribute("classname").or(() -> xml.attribute("class")).orElse("");
        var test =
                new TestCase(
                        suite.name,
                        className,
                        xml.attribute("name", ""),
                        xml.attribute("file").orElse(suite.file),
                        micros(xml.attribute("time", "")).orElse(0));
        test.status(xml.attribute("status", ""), xml.attribute("result", ""));
        while (xml.next() == XmlScanner.Token.START) {
            test.child(xml);
        }
        take(suite, test.result());
    }

    /** Some tools put the failure of a suite's set-up beside its tests instead of into one. */
    private void suiteFault() {
        if (suites.isEmpty()) {
            throw xml.fault("testing.report.junit.place", xml.name());
        }
        var suite = suites.getFirst();
        var test = new TestCase(suite.name, suite.name, suite.name, suite.file, 0);
        test.child(xml);
        take(suite, test.result());
    }

    private void take(Suite suite, TestResult test) {
        if (++tests > limits.tests()) {
            throw xml.fault("testing.report.tests", limits.tests());
        }
        suite.count(test);
        sink.test(test);
    }

    private void finish(Suite suite) {
        if (suite.declaredBad > 0 && !suite.anyTest) {
            // jest-junit writes a suite that did not compile like this: errors, but no test
            var test = new TestCase(suite.name, suite.name, suite.name, suite.file, 0);
            test.failed(Outcome.ERROR);
            take(suite, test.result());
        }
        long micros = suite.declared.orElse(suite.summed);
        if (!suites.isEmpty()) {
            suites.getFirst().summed += micros;
            suites.getFirst().anyTest |= suite.anyTest;
        }
        sink.suite(suite.result(!suites.isEmpty(), micros));
    }

    /** Seconds with a fraction; older Surefire writes 1,234.5, some tools 0,012. */
    static OptionalLong micros(String seconds) {
        var text = GROUPS.matcher(seconds.strip()).replaceAll("");
        if (seconds.indexOf('.') < 0 && seconds.indexOf(',') >= 0) {
            text = seconds.strip().replace(',', '.');
        }
        if (!text.matches("[0-9]{1,12}(\\.[0-9]*)?([eE][-+]?[0-9]{1,2})?|\\.[0-9]+")) {
            return OptionalLong.empty();
        }
        double value = Double.parseDouble(text) * 1_000_000;
        return value < 1e17 ? OptionalLong.of(Math.round(value)) : OptionalLong.empty();
    }

    /** A suite whose end has not come yet. */
    private static final class Suite {
        private final String name;
        private final String file;
        private final OptionalLong declared;
        private final int declaredBad;
        private final int[] counts = new int[Outcome.values().length];
        private boolean anyTest;
        private long summed;

        Suite(String name, String file, OptionalLong declared, int declaredBad) {
            this.name = name;
            this.file = file;
            this.declared = declared;
            this.declaredBad = declaredBad;
        }

        void count(TestResult test) {
            counts[test.outcome().ordinal()]++;
            anyTest = true;
            summed += test.micros();
        }

        SuiteResult result(boolean nested, long micros) {
            int failed = counts[Outcome.FAILED.ordinal()];
            int errors = counts[Outcome.ERROR.ordinal()];
            int skipped = counts[Outcome.SKIPPED.ordinal()];
            int passed = counts[Outcome.PASSED.ordinal()];
            return new SuiteResult(
                    name,
                    nested,
                    passed + failed + errors + skipped,
                    failed,
                    errors,
                    skipped,
                    micros);
        }
    }
}
