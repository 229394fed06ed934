package dev.rondo.testing.reports;

/**
 * One suite, when all of it was read. The counts are of the tests that stand directly in it.
 *
 * @param nested it stands in another suite, so that its time is part of that suite's
 * @param micros what the report says, or else the sum of what is in it
 */
public record SuiteResult(
        String name, boolean nested, int tests, int failed, int errors, int skipped, long micros) {}
