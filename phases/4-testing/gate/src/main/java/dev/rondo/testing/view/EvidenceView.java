package dev.rondo.testing.view;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All that is known of one run. */
public record EvidenceView(
        RunLine run,
        boolean waiting,
        String runPath,
        String commitPath,
        int suiteCount,
        int errors,
        int flaky,
        Optional<DecisionView> decision,
        List<DecisionView> earlier,
        PyramidView pyramid,
        List<Failure> failures,
        List<TestLine> shaky,
        List<Suite> suites,
        Coverage coverage,
        List<Found> findings,
        List<Report> reports) {

    /** A test that failed or ended in error. */
    public record Failure(TestLine test, int attempts, String message, String stack) {}

    public record Suite(
            String name, String level, int tests, int bad, int skipped, Duration time) {}

    /**
     * @param base short name of the commit that changes are measured from, or empty
     */
    public record Coverage(
            int files,
            long covered,
            long total,
            double percent,
            String base,
            int changedCovered,
            int changedTotal,
            double changedPercent,
            List<File> list) {}

    /**
     * @param missed changed lines that were not run, such as 3-5, 9
     */
    public record File(
            String path,
            String href,
            int covered,
            int total,
            double percent,
            int changedCovered,
            int changedTotal,
            String missed) {}

    public record Found(
            String severity,
            boolean isNew,
            String tool,
            String rule,
            String message,
            String path,
            int line) {}

    /**
     * @param problem why it could not be read, or empty
     */
    public record Report(String path, String job, String format, long size, String problem) {}
}
