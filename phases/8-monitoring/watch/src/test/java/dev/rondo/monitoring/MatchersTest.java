package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which alerts a silence is for. */
class MatchersTest {

    private static final Map<String, String> ALERT =
            Map.of(
                    "alertname", "SlowAnswers",
                    "service", "shop",
                    "environment", "production",
                    "severity", "major",
                    "version", "1.0.0");

    private static Matchers read(String text) {
        return ((Outcome.Done<Matchers>) Matchers.read(text)).value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "alertname=\"SlowAnswers\"; true",
                "alertname=SlowAnswers; true",
                "{alertname=\"SlowAnswers\", service=~\"web|shop\"}; true",
                "alertname=\"SlowAnswers\",service=\"web\"; false",
                "alertname=~\"Slow.*\"; true",
                "alertname=~\"Slow\"; false",
                "service!=\"web\", severity=\"major\"; true",
                "service!~\"sh.+\", severity=\"major\"; false",
                "version=\"1.0.0\"; true",
                "version=~\"1\\.0\\.[.]\"; refused",
                "version=~\"1\\.0\\..\"; true",
                "version=~\"1\\.1\\..\"; false"
            })
    void allOfThemHaveToHoldForTheWholeValue(String text, String expected) {
        var outcome = Matchers.read(text);
        var said =
                switch (outcome) {
                    case Outcome.Done<Matchers> done -> String.valueOf(done.value().hold(ALERT));
                    case Outcome.Refused<Matchers> refused -> "refused";
                };
        assertThat(said).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``; all",
                "service!=\"web\"; all",
                "service=~\".*\"; all",
                "service=\"\"; all",
                "team=\"a\"; label",
                "alertname; syntax",
                "alertname=\"A\" service=\"b\"; syntax",
                "alertname=\"A; syntax",
                "alertname=~\"(a+)+\"; pattern",
                "alertname=~\"a{1,9}\"; pattern",
                "alertname=~\".*.*.*.*x\"; pattern",
                "alertname=~\"a\\\"; syntax"
            })
    void whatCannotBeReadSaysWhy(String text, String reason) {
        assertThat(Matchers.read(text))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.key())
                                        .isEqualTo("monitoring.silence.matchers." + reason));
    }

    @Test
    void theButtonBesideAnAlertMatchesItAlsoWithQuotesInItsName() {
        var key =
                new AlertStore.Key(
                        "Slow \"cart\" \\", new ServiceKey("shop", "shop", "production"));
        var matchers = read(Matchers.of(key));
        assertThat(
                        matchers.hold(
                                Map.of(
                                        "alertname", key.rule(),
                                        "service", "shop",
                                        "environment", "production")))
                .isTrue();
        assertThat(matchers.hold(ALERT)).isFalse();
    }
}
