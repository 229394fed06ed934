package dev.rondo.testing.view;

import dev.rondo.web.Paging;
import java.util.List;
import java.util.Optional;

/**
 * The page of all tests.
 *
 * @param latest run of the default branch
 * @param counts of tests in its last runs, oldest first
 * @param seconds that they took
 */
public record OverviewView(
        Optional<RunLine> latest,
        PyramidView pyramid,
        List<Double> counts,
        List<Double> seconds,
        List<Double> coverage,
        List<TestLine> failing,
        List<TestLine> flaky,
        List<TestLine> slow,
        Paging.Slice<RunLine> runs) {}
