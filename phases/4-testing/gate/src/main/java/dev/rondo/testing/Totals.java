package dev.rondo.testing;

import dev.rondo.testing.reports.Outcome;
import dev.rondo.testing.reports.SuiteResult;
import dev.rondo.testing.reports.TestResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What tests add up to, over one report or a whole run. */
final class Totals {
    /** Names of failed tests that a decision tells; the page shows them all. */
    static final int NAMES = 5;

    /** Failed tests that are compared with those of an earlier run. */
    static final int COMPARED = 10_000;

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Level, LevelTotal> levels = new EnumMap<>(Level.class);
    private final List<Bad> bad = new ArrayList<>();
    private int suites;
    private int flaky;
    private long micros;

    /** A test that failed. */
    record Bad(String test, String name) {}

    /** One layer of the pyramid. */
    record LevelTotal(int tests, int bad, int skipped, long micros) {
        static final LevelTotal NONE = new LevelTotal(0, 0, 0, 0);

        LevelTotal plus(LevelTotal other) {
            return new LevelTotal(
                    tests + other.tests,
                    bad + other.bad,
                    skipped + other.skipped,
                    micros + other.micros);
        }
    }

    void add(String id, TestResult test, Level level) {
        outcomes.merge(test.outcome(), 1, Integer::sum);
        flaky += test.flaky() ? 1 : 0;
        var one =
                new LevelTotal(
                        1,
                        test.outcome().bad() ? 1 : 0,
                        test.outcome() == Outcome.SKIPPED ? 1 : 0,
                        test.micros());
        levels.merge(level, one, LevelTotal::plus);
        if (test.outcome().bad() && bad.size() < COMPARED) {
            bad.add(new Bad(id, test.name()));
        }
    }

    void add(SuiteResult suite) {
        suites++;
        micros += suite.nested() ? 0 : suite.micros();
    }

    void add(Totals other) {
        other.outcomes.forEach((outcome, n) -> outcomes.merge(outcome, n, Integer::sum));
        other.levels.forEach((level, total) -> levels.merge(level, total, LevelTotal::plus));
        bad.addAll(other.bad.subList(0, Math.min(other.bad.size(), COMPARED - bad.size())));
        suites += other.suites;
        flaky += other.flaky;
        micros += other.micros;
    }

    int tests() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }

    int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    Map<Level, LevelTotal> levels() {
        return levels;
    }

    List<Bad> bad() {
        return bad;
    }

    int suites() {
        return suites;
    }

    int flaky() {
        return flaky;
    }

    long micros() {
        return micros;
    }
}
