package dev.rondo.testing;

import dev.rondo.testing.reports.FileCoverage;
import dev.rondo.testing.reports.Finding;
import dev.rondo.testing.reports.Outcome;
import dev.rondo.testing.reports.ReportSink;
import dev.rondo.testing.reports.Severity;
import dev.rondo.testing.reports.SuiteResult;
import dev.rondo.testing.reports.TestResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what reports say: counts of everything, and each test and finding that is bad. */
final class ReportSummary implements ReportSink {
    /** Messages and stacks of failed tests are kept up to this sum; names always. */
    private static final long KEPT_CHARS = 16L << 20;

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Severity, Integer> severities = new EnumMap<>(Severity.class);
    private final Map<String, FileCoverage> coverage = new TreeMap<>();
    private final List<TestResult> failures = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private int suites;
    private int flaky;
    private long micros;
    private long kept;

    @Override
    public void test(TestResult test) {
        outcomes.merge(test.outcome(), 1, Integer::sum);
        flaky += test.flaky() ? 1 : 0;
        if (test.outcome().bad()) {
            kept += test.message().length() + test.stack().length();
            failures.add(kept <= KEPT_CHARS ? test : bare(test));
        }
    }

    private static TestResult bare(TestResult test) {
        return new TestResult(
                test.suite(),
                test.className(),
                test.name(),
                test.file(),
                test.outcome(),
                test.flaky(),
                test.attempts(),
                test.micros(),
                "",
                "");
    }

    @Override
    public void suite(SuiteResult suite) {
        suites++;
        micros += suite.nested() ? 0 : suite.micros();
    }

    @Override
    public void coverage(FileCoverage file) {
        coverage.merge(file.path(), file, FileCoverage::merge);
    }

    @Override
    public void finding(Finding finding) {
        severities.merge(finding.severity(), 1, Integer::sum);
        findings.add(finding);
    }

    /** Adds what another summary has gathered. */
    void add(ReportSummary other) {
        other.outcomes.forEach((outcome, n) -> outcomes.merge(outcome, n, Integer::sum));
        other.severities.forEach((severity, n) -> severities.merge(severity, n, Integer::sum));
        other.coverage.values().forEach(this::coverage);
        for (var test : other.failures) {
            kept += test.message().length() + test.stack().length();
            failures.add(kept <= KEPT_CHARS ? test : bare(test));
        }
        findings.addAll(other.findings);
        suites += other.suites;
        flaky += other.flaky;
        micros += other.micros;
    }

    int suites() {
        return suites;
    }

    int tests() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }

    int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    int flaky() {
        return flaky;
    }

    /** The time of the suites, or of their tests where a suite does not say. */
    long micros() {
        return micros;
    }

    List<TestResult> failures() {
        return Collections.unmodifiableList(failures);
    }

    Collection<FileCoverage> coverage() {
        return Collections.unmodifiableCollection(coverage.values());
    }

    long linesCovered() {
        return coverage.values().stream().mapToLong(file -> file.covered().count()).sum();
    }

    long linesTotal() {
        return coverage.values().stream().mapToLong(file -> file.lines().count()).sum();
    }

    List<Finding> findings() {
        return Collections.unmodifiableList(findings);
    }

    int count(Severity severity) {
        return severities.getOrDefault(severity, 0);
    }
}
