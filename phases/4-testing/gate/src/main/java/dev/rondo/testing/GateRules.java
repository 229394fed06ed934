package dev.rondo.testing;

import dev.rondo.testing.reports.Severity;
import dev.rondo.testing.reports.Unreadable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the gate demands, as {@code .rondo/gate.yml} says:
 *
 * <pre>
 * tests: all-pass        # or no-new-failures: only those count that passed on the default branch
 * tests:                 # or, with more to say
 *   rule: all-pass
 *   at-least: 1          # so many tests; 0 lets a run pass that has no report at all
 *   unit: 0              # so many tests of a level; integration and ui alike
 * coverage:
 *   changed-lines: 50    # percent of the changed lines that can be run, or off
 *   changed-from: 20     # the rule above holds from so many such lines on
 *   total: off           # percent of all lines that can be run, or off
 * findings:
 *   new-above: warning   # no new finding worse than this: none, note, warning, error
 * </pre>
 *
 * What a file does not name is as shown. The default for changed lines is low and leaves small
 * changes alone, because a gate that is wrong about a two-line change is switched off for good.
 *
 * @param newFindings the least level of a new finding that breaks the gate
 * @param toleratesOldFailures tests that failed on the default branch already do not count
 * @param insistsOnCoverage the file names the rule for changed lines, so that a run without
 *     coverage breaks it
 */
record GateRules(
        boolean toleratesOldFailures,
        int atLeast,
        Map<Level, Integer> atLeastByLevel,
        Optional<Double> changedLines,
        int changedFrom,
        boolean insistsOnCoverage,
        Optional<Double> total,
        Optional<Severity> newFindings) {

    static final String FILE = ".rondo/gate.yml";

    static final GateRules STANDARD =
            new GateRules(
                    false,
                    1,
                    Map.of(),
                    Optional.of(50.0),
                    20,
                    false,
                    Optional.empty(),
                    Optional.of(Severity.ERROR));

    private static final int MOST_TESTS = 1_000_000;

    /**
     * Reads the file's text.
     *
     * @throws Unreadable with the place and what was expected there
     */
    static GateRules parse(String text) {
        var root = YamlNode.parse(text);
        if (root.isEmpty()) {
            return STANDARD;
        }
        var entries = root.get().entries(List.of("tests", "coverage", "findings"));
        var rules = STANDARD;
        for (var entry : entries.entrySet()) {
            rules =
                    switch (entry.getKey()) {
                        case "tests" -> rules.tests(entry.getValue());
                        case "coverage" -> rules.coverage(entry.getValue());
                        default -> rules.findings(entry.getValue());
                    };
        }
        return rules;
    }

    private GateRules tests(YamlNode node) {
        boolean tolerates = toleratesOldFailures;
        int least = atLeast;
        var levels = new EnumMap<Level, Integer>(Level.class);
        if (node.isText()) {
            tolerates = tolerates(node);
        } else {
            var keys = List.of("rule", "at-least", "unit", "integration", "ui");
            for (var entry : node.entries(keys).entrySet()) {
                switch (entry.getKey()) {
                    case "rule" -> tolerates = tolerates(entry.getValue());
                    case "at-least" -> least = entry.getValue().number(MOST_TESTS);
                    default ->
                            levels.put(
                                    Level.of(entry.getKey()).orElseThrow(),
                                    entry.getValue().number(MOST_TESTS));
                }
            }
        }
        return new GateRules(
                tolerates,
                least,
                levels,
                changedLines,
                changedFrom,
                insistsOnCoverage,
                total,
                newFindings);
    }

    private static boolean tolerates(YamlNode node) {
        return switch (node.text()) {
            case "all-pass" -> false;
            case "no-new-failures" -> true;
            default -> throw node.fault("testing.yaml.rule", node.text());
        };
    }

    private GateRules coverage(YamlNode node) {
        var changed = changedLines;
        int from = changedFrom;
        boolean insists = insistsOnCoverage;
        var floor = total;
        var keys = List.of("changed-lines", "changed-from", "total");
        for (var entry : node.entries(keys).entrySet()) {
            switch (entry.getKey()) {
                case "changed-lines" -> {
                    changed = entry.getValue().percent();
                    insists = changed.isPresent();
                }
                case "changed-from" -> from = entry.getValue().number(MOST_TESTS);
                default -> floor = entry.getValue().percent();
            }
        }
        return new GateRules(
                toleratesOldFailures,
                atLeast,
                atLeastByLevel,
                changed,
                from,
                insists,
                floor,
                newFindings);
    }

    private GateRules findings(YamlNode node) {
        var level = newFindings;
        for (var entry : node.entries(List.of("new-above")).entrySet()) {
            var value = entry.getValue();
            level =
                    switch (value.text()) {
                        case "none" -> Optional.of(Severity.NOTE);
                        case "note" -> Optional.of(Severity.WARNING);
                        case "warning" -> Optional.of(Severity.ERROR);
                        case "error" -> Optional.empty();
                        default -> throw value.fault("testing.yaml.severity", value.text());
                    };
        }
        return new GateRules(
                toleratesOldFailures,
                atLeast,
                atLeastByLevel,
                changedLines,
                changedFrom,
                insistsOnCoverage,
                total,
                level);
    }
}
