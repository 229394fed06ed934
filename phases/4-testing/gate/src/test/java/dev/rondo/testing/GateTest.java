package dev.rondo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rondo.testing.reports.Problem;
import dev.rondo.testing.reports.Severity;
import dev.rondo.testing.reports.Unreadable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
    private static final Evidence GOOD =
            new Evidence(
                    "success",
                    3,
                    List.of(),
                    new Evidence.Counts(10, 0, 0, 2),
                    Map.of(Level.UNIT, 9, Level.UI, 1),
                    Evidence.Bad.NONE,
                    new Evidence.Coverage(true, 80, 100, Optional.of("base"), 15, 25),
                    Evidence.Findings.NONE);

    @Test
    void usualRulesPassGoodEvidenceAndSayWhy() {
        assertThat(said(GateRules.STANDARD, GOOD))
                .containsExactly(
                        "+The run succeeded.",
                        "+All 8 tests passed, 2 were skipped.",
                        "+60 % of the 25 changed lines that can be run were run; 50 % demanded.",
                        "+No findings.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coverage: {changed-lines: 61}|-60 % of the 25 changed lines that can be run were run; 61 % demanded.",
                "coverage: {changed-lines: 61, changed-from: 26}|+25 changed lines can be run; the rule for changed lines holds from 26 on.",
                "coverage: {total: 80.1}|-80 % of all 100 lines that can be run were run; 80.1 % demanded.",
                "coverage: {total: 80%}|+80 % of all 100 lines that can be run were run; 80 % demanded.",
                "tests: {at-least: 11}|-10 tests, at least 11 demanded.",
                "tests: {integration: 1}|-No integration tests, at least 1 demanded.",
                "tests: {ui: 1, rule: all-pass}|+One UI test, at least 1 demanded.",
            })
    void rulesOfTheFileDecide(String file, String reason) {
        assertThat(said(GateRules.parse(file), GOOD)).contains(reason);
    }

    @Test
    void ruleForChangedLinesThatIsOffIsNotMentioned() {
        assertThat(said(GateRules.parse("coverage: {changed-lines: off}"), GOOD))
                .noneMatch(reason -> reason.contains("changed lines"));
    }

    @Test
    void missingCoverageBreaksOnlyARuleThatTheFileNames() {
        var evidence = with(GOOD, Evidence.Coverage.NONE, Evidence.Findings.NONE);
        assertThat(Gate.decide(GateRules.STANDARD, evidence).passed()).isTrue();
        var named = GateRules.parse("coverage: {changed-lines: 50}");
        assertThat(said(named, evidence))
                .contains("-Coverage is demanded, but no report tells it.");
        assertThat(Gate.decide(GateRules.parse("coverage: {total: 1}"), evidence).passed())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "none,2,false",
        "note,2,false",
        "warning,1,false",
        "error,0,true",
    })
    void newFindingsCountFromTheLevelAboveTheOneNamed(String above, int fresh, boolean passed) {
        var findings =
                new Evidence.Findings(
                        Map.of(Severity.WARNING, 5, Severity.ERROR, 1),
                        Map.of(Severity.WARNING, 1, Severity.ERROR, 1),
                        true);
        var rules = GateRules.parse("findings: {new-above: " + above + "}");
        var decision = Gate.decide(rules, with(GOOD, GOOD.coverage(), findings));
        assertThat(decision.passed()).isEqualTo(passed);
        if (!passed) {
            assertThat(decision.reasons().getFirst().args().getFirst()).isEqualTo(fresh);
        }
    }

    @Test
    void runWithoutTestsPassesOnlyWhereTheFileAllowsIt() {
        var none =
                new Evidence(
                        "success",
                        0,
                        List.of(),
                        new Evidence.Counts(0, 0, 0, 0),
                        Map.of(),
                        Evidence.Bad.NONE,
                        Evidence.Coverage.NONE,
                        Evidence.Findings.NONE);
        assertThat(Gate.decide(GateRules.STANDARD, none).passed()).isFalse();
        assertThat(Gate.decide(GateRules.parse("tests: {at-least: 0}"), none).passed()).isTrue();
    }

    @Test
    void reasonsAgainstPassingComeFirstAndAreSaidInGermanToo() {
        var evidence =
                new Evidence(
                        "failure",
                        1,
                        List.of(
                                new Evidence.Fault(
                                        "a.xml",
                                        new Problem("testing.report.empty", List.of(), 0, 0))),
                        new Evidence.Counts(3, 1, 1, 0),
                        Map.of(),
                        new Evidence.Bad(List.of("adds", "removes"), 2, List.of("adds", "removes")),
                        Evidence.Coverage.NONE,
                        Evidence.Findings.NONE);
        var sentences = Sentences.in(Locale.GERMAN);
        var reasons =
                Gate.decide(GateRules.STANDARD, evidence).reasons().stream()
                        .map(reason -> reason.in(sentences))
                        .toList();
        assertThat(reasons.subList(0, 3))
                .containsExactly(
                        "Der Lauf ist fehlgeschlagen.",
                        "Eine Datei ist nicht lesbar, ihr Nachweis fehlt: a.xml: ist leer",
                        "2 von 3 Tests fehlgeschlagen: adds, removes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tests: maybe|1|8|testing.yaml.rule",
                "tests:\\n  at-least: many|2|13|testing.yaml.number",
                "tests:\\n  units: 3|2|3|testing.yaml.key",
                "coverage:\\n  total: 101|2|10|testing.yaml.percent",
                "coverage: 80|1|11|testing.yaml.mapping",
                "findings:\\n  new-above: fatal|2|14|testing.yaml.severity",
                "- tests|1|1|testing.yaml.mapping",
                "tests: [|1|9|testing.yaml.syntax",
                "tests: all-pass\\ntests: all-pass|2|1|testing.yaml.twice",
                "a: &a [*a]|1|1|testing.yaml.key",
            })
    void fileThatDoesNotParseNamesThePlace(String file, int line, int column, String key) {
        var problem =
                catchThrowableOfType(
                                Unreadable.class, () -> GateRules.parse(file.replace("\\n", "\n")))
                        .problem();
        assertThat(problem.key()).isEqualTo(key);
        assertThat(problem.line()).isEqualTo(line);
        assertThat(problem.column()).isEqualTo(column);
    }

    @Test
    void emptyFileMeansTheUsualRules() {
        assertThat(GateRules.parse("")).isEqualTo(GateRules.STANDARD);
        assertThat(GateRules.parse("# nothing\n")).isEqualTo(GateRules.STANDARD);
    }

    private static Evidence with(
            Evidence evidence, Evidence.Coverage coverage, Evidence.Findings findings) {
        return new Evidence(
                evidence.runOutcome(),
                evidence.reports(),
                evidence.unreadable(),
                evidence.counts(),
                evidence.testsByLevel(),
                evidence.bad(),
                coverage,
                findings);
    }

    private static List<String> said(GateRules rules, Evidence evidence) {
        var sentences = Sentences.in(Locale.ENGLISH);
        return Gate.decide(rules, evidence).reasons().stream()
                .map(reason -> (reason.good() ? "+" : "-") + reason.in(sentences))
                .toList();
    }
}
