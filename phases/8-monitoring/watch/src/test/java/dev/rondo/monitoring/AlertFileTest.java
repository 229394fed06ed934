package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.monitoring.AlertFile.Read;
import dev.rondo.monitoring.AlertRule.Figure;
import dev.rondo.web.Texts;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertFileTest {

    private static Read.Good good(String yaml) {
        return (Read.Good) AlertFile.read(yaml);
    }

    @Test
    void withoutAFileTheUsualRulesHold() {
        assertThat(good("").rules()).isEqualTo(AlertRule.USUAL);
        assertThat(good("# nothing\n").rules()).isEqualTo(AlertRule.USUAL);
    }

    @Test
    void aRuleIsReadWithAllItsFields() {
        var rules =
                good("""
                alerts:
                  - alert: CartIsSlow
                    figure: latency-p95
                    above: 0.8
                    service: shop
                    environment: production
                    over: 2m
                    for: 45s
                    keep_firing_for: 1m
                    min_requests: 50
                    severity: minor
                    summary: The cart takes long
                """)
                        .rules();
        assertThat(rules).hasSize(AlertRule.USUAL.size() + 1);
        assertThat(rules.getLast())
                .isEqualTo(
                        new AlertRule(
                                "CartIsSlow",
                                Figure.LATENCY_P95,
                                true,
                                0.8,
                                "shop",
                                "production",
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(45),
                                Duration.ofMinutes(1),
                                50,
                                "minor",
                                "The cart takes long"));
    }

    @Test
    void aUsualRuleIsReplacedOrTakenAway() {
        var rules =
                good("""
                alerts:
                  - alert: HighErrorRatio
                    figure: error-ratio
                    above: 0.01
                  - alert: SlowAnswers
                    enabled: false
                """)
                        .rules();
        assertThat(rules).extracting(AlertRule::name).doesNotContain("SlowAnswers");
        assertThat(rules)
                .filteredOn(rule -> rule.name().equals("HighErrorRatio"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.threshold()).isEqualTo(0.01));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alerts: [                                      | 1 | 10 | yaml",
                "[]                                             | 1 | 1  | root",
                "alarms: []                                     | 1 | 1  | field",
                "alerts: 5                                      | 1 | 9  | list",
                "`alerts:\n - 5`                                | 2 | 4  | rule",
                "`alerts:\n - figure: error-ratio`              | 2 | 4  | missing",
                "`alerts:\n - alert: A\n   colour: red`         | 3 | 4  | field",
                "`alerts:\n - alert: 'a b'`                     | 2 | 11 | name",
                "`alerts:\n - alert: A\n   figure: joy`         | 3 | 12 | choice",
                "`alerts:\n - {alert: A, figure: error-ratio}`  | 2 | 4  | threshold",
                "`alerts:\n - {alert: A, figure: error-ratio, above: much}` | 2 | 43 | number",
                "`alerts:\n - {alert: A, figure: error-ratio, above: 1, for: soon}` | 2 | 51 | time",
                "`alerts:\n - {alert: A, figure: error-ratio, above: 1, over: 9h}` | 2 | 52 | long",
                "`alerts:\n - {alert: A, enabled: perhaps}`     | 2 | 24 | choice",
                "`alerts:\n - {alert: [A]}`                     | 2 | 12 | scalar",
            })
    void whatIsWrongIsNamedWithItsPlace(String yaml, int line, int column, String key) {
        var read = AlertFile.read(yaml.strip());
        assertThat(read).isInstanceOf(Read.Bad.class);
        var bad = (Read.Bad) read;
        assertThat(bad.key()).isEqualTo(key);
        assertThat(bad.line()).isEqualTo(line);
        if (!key.equals("yaml")) {
            assertThat(bad.column()).isEqualTo(column);
        }
        for (var language : Texts.LANGUAGES) {
            var words = new Words(Texts.of("monitoring").strict(), language);
            assertThat(AlertPages.sentence(bad, words))
                    .startsWith(".rondo/alerts.yml")
                    .doesNotContain("{");
        }
        assertThat(Locale.ENGLISH).isEqualTo(Texts.LANGUAGES.getFirst());
    }

    @Test
    void aFileThatBlowsItselfUpIsRefused() {
        var bomb = "a: &a [x,x]\nb: &b [*a,*a]\nalerts: [*b,*b]\n";
        assertThat(AlertFile.read(bomb)).isInstanceOf(Read.Bad.class);
        assertThat(AlertFile.read("alerts: " + "[".repeat(100_000))).isInstanceOf(Read.Bad.class);
    }
}
