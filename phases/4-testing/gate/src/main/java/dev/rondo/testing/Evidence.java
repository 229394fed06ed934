package dev.rondo.testing;

import dev.rondo.testing.reports.Problem;
import dev.rondo.testing.reports.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the gate looks at of one run.
 *
 * @param runOutcome success, failure, cancelled, invalid or interrupted
 * @param reports how many were found
 * @param unreadable reports and settings with a fault
 * @param testsByLevel how many tests of each level
 */
record Evidence(
        String runOutcome,
        int reports,
        List<Fault> unreadable,
        Counts counts,
        Map<Level, Integer> testsByLevel,
        Bad bad,
        Coverage coverage,
        Findings findings) {

    record Fault(String file, Problem problem) {}

    record Counts(int tests, int failed, int errors, int skipped) {}

    /**
     * Tests that failed or ended in error.
     *
     * @param names of the first few
     * @param fresh how many of them did not fail in the last passed run of the default branch
     * @param freshNames of the first few of those
     */
    record Bad(List<String> names, int fresh, List<String> freshNames) {
        static final Bad NONE = new Bad(List.of(), 0, List.of());
    }

    /**
     * @param base the commit that changes are measured from, or empty where there is none
     * @param changedTotal changed lines that can be run
     */
    record Coverage(
            boolean reported,
            long covered,
            long total,
            Optional<String> base,
            int changedCovered,
            int changedTotal) {

        static final Coverage NONE = new Coverage(false, 0, 0, Optional.empty(), 0, 0);
    }

    /**
     * @param all of each level
     * @param fresh those of them that the last passed run of the default branch did not have
     * @param compared whether there was such a run
     */
    record Findings(Map<Severity, Integer> all, Map<Severity, Integer> fresh, boolean compared) {

        static final Findings NONE = new Findings(Map.of(), Map.of(), false);

        int count() {
            return all.values().stream().mapToInt(Integer::intValue).sum();
        }

        int freshFrom(Severity least) {
            return fresh.entrySet().stream()
                    .filter(entry -> entry.getKey().compareTo(least) >= 0)
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }
}
