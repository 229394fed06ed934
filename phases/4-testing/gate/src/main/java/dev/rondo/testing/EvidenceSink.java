package dev.rondo.testing;

import dev.rondo.store.Store;
import dev.rondo.testing.reports.FileCoverage;
import dev.rondo.testing.reports.Finding;
import dev.rondo.testing.reports.ReportSink;
import dev.rondo.testing.reports.SuiteResult;
import dev.rondo.testing.reports.TestResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes what is read of a run's reports: tests and suites go to the database in batches while the
 * report is being read, each batch in a transaction of its own so that nobody else waits long;
 * coverage and findings are held until all reports are read, because they belong together. A report
 * that breaks in the middle is taken back whole. Used by one thread.
 */
final class EvidenceSink implements ReportSink {
    private static final int BATCH = 1000;

    /** Findings of a whole run that are kept; more than anybody reads. */
    static final int FINDINGS = 100_000;

    private final Store store;
    private final Run run;
    private final Totals all = new Totals();
    private final Map<String, FileCoverage> coverage = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<EvidenceStore.Result> results = new ArrayList<>();
    private final List<EvidenceStore.Suite> suites = new ArrayList<>();
    private int nextResult;
    private int nextSuite;

    private Optional<Level> level = Optional.empty();
    private Totals report = new Totals();
    private final List<FileCoverage> reportCoverage = new ArrayList<>();
    private final List<Finding> reportFindings = new ArrayList<>();
    private int firstResult;
    private int firstSuite;

    EvidenceSink(Store store, Run run) {
        this.store = store;
        this.run = run;
    }

    /**
     * Begins a report.
     *
     * @param of the level of all its tests, where its path or the settings say so
     */
    void begin(Optional<Level> of) {
        level = of;
        report = new Totals();
        reportCoverage.clear();
        reportFindings.clear();
        firstResult = nextResult;
        firstSuite = nextSuite;
    }

    /** The report was read to its end. Coverage paths get the place of their report with them. */
    void keep(SourcePaths sources, String reportPath) {
        flush();
        all.add(report);
        for (var file : reportCoverage) {
            var path = sources.find(file.path(), reportPath).orElse(file.path());
            coverage.merge(
                    path,
                    new FileCoverage(path, file.lines(), file.covered()),
                    FileCoverage::merge);
        }
        for (var finding : reportFindings) {
            if (findings.size() < FINDINGS) {
                findings.add(
                        new Finding(
                                finding.tool(),
                                finding.rule(),
                                finding.severity(),
                                finding.message(),
                                sources.find(finding.path(), reportPath).orElse(finding.path()),
                                finding.line(),
                                finding.column()));
            }
        }
    }

    /** The report is broken: nothing of it counts. */
    void drop() {
        results.clear();
        suites.clear();
        store.update(tx -> EvidenceStore.drop(tx.sql(), run.key(), firstResult, firstSuite));
        nextResult = firstResult;
        nextSuite = firstSuite;
    }

    @Override
    public void test(TestResult test) {
        var id = Names.digest(test.key());
        var at = Levels.ofTest(test, level);
        report.add(id, test, at);
        boolean told = test.outcome().bad() || test.flaky();
        results.add(new EvidenceStore.Result(nextResult++, id, told ? test : bare(test), at));
        if (results.size() >= BATCH) {
            flush();
        }
    }

    /** Why a test was skipped is not worth a row. */
    private static TestResult bare(TestResult test) {
        return test.message().isEmpty() && test.stack().isEmpty()
                ? test
                : new TestResult(
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
        report.add(suite);
        suites.add(
                new EvidenceStore.Suite(nextSuite++, suite, Levels.ofSuite(suite.name(), level)));
        if (suites.size() >= BATCH) {
            flush();
        }
    }

    @Override
    public void coverage(FileCoverage file) {
        reportCoverage.add(file);
    }

    @Override
    public void finding(Finding finding) {
        reportFindings.add(finding);
    }

    private void flush() {
        store.update(tx -> {
            EvidenceStore.add(tx.sql(), run.key(), run.place(), results);
            EvidenceStore.addSuites(tx.sql(), run.key(), suites);
        });
        results.clear();
        suites.clear();
    }

    Totals totals() {
        return all;
    }

    List<FileCoverage> files() {
        return List.copyOf(coverage.values());
    }

    List<Finding> findings() {
        return findings;
    }
}
