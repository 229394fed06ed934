package dev.rondo.testing.reports;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps all that a reader tells. */
final class Gathered implements ReportSink {
    final List<TestResult> tests = new ArrayList<>();
    final List<SuiteResult> suites = new ArrayList<>();
    final List<FileCoverage> files = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();

    static Gathered of(InputStream in) {
        var gathered = new Gathered();
        new ReportReader(Limits.STANDARD).read(in, gathered);
        return gathered;
    }

    static Gathered of(String text) {
        return of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A file that a real tool wrote. */
    static Gathered real(String name) {
        return of(Gathered.class.getResourceAsStream("/real/" + name));
    }

    long count(Outcome outcome) {
        return tests.stream().filter(test -> test.outcome() == outcome).count();
    }

    TestResult test(String name) {
        return tests.stream().filter(test -> test.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public void test(TestResult test) {
        tests.add(test);
    }

    @Override
    public void suite(SuiteResult suite) {
        suites.add(suite);
    }

    @Override
    public void coverage(FileCoverage coverage) {
        files.add(coverage);
    }

    @Override
    public void finding(Finding finding) {
        findings.add(finding);
    }
}
