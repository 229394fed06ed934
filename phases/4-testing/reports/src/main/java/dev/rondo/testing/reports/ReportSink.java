package dev.rondo.testing.reports;

/**
 * Takes what a reader finds, one by one while the file is being read, so that a big report never
 * stands in memory as a whole. Called by one thread.
 */
public interface ReportSink {

    void test(TestResult test);

    /** After the tests in it. */
    void suite(SuiteResult suite);

    /** Several times for one path where the report is made of several runs; they add up. */
    void coverage(FileCoverage coverage);

    void finding(Finding finding);
}
