package dev.rondo.deploying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rondo.deploying.Plan.Step;
import dev.rondo.deploying.Plan.Strategy;
import dev.rondo.web.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryFileTest {

    private static final String SMALL =
            """
            service: shop
            start: node server.js
            environments:
              production: {}
            """;

    @Test
    void smallFileGetsSensibleDefaults() {
        var delivery = DeliveryFile.read(SMALL);

        assertThat(delivery.command()).containsExactly("node", "server.js");
        assertThat(delivery.portVariable()).isEqualTo("PORT");
        var production = delivery.environment("production").orElseThrow();
        assertThat(production.instances()).isEqualTo(1);
        assertThat(production.reach().host()).isEqualTo("shop-production.localhost");
        assertThat(production.next().strategy()).isEqualTo(Strategy.BLUE_GREEN);
        assertThat(delivery.runtime().health().deadline()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "hello"})
    void deliveryOfTheExampleIsRead(String example) throws IOException {
        var file = Path.of("../../../examples", example, ".rondo/delivery.yml");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(file));
        var delivery = DeliveryFile.read(Files.readString(file));

        var production = delivery.environment("production").orElseThrow();
        assertThat(production.first().strategy()).isEqualTo(Strategy.BLUE_GREEN);
        assertThat(production.next().strategy()).isEqualTo(Strategy.CANARY);
        assertThat(production.next().steps().getFirst()).isEqualTo(new Step.Weight(10));
        assertThat(production.next().steps().getLast()).isEqualTo(new Step.Weight(100));
        assertThat(production.approvals()).isEqualTo(1);
    }

    @Test
    void commandsAreSplitAtSpacesButNotInQuotes() {
        assertThat(
                        DeliveryFile.read(
                                        SMALL.replace("node server.js", "sh -c 'exec a b' \"c d\""))
                                .command())
                .containsExactly("sh", "-c", "exec a b", "c d");
        assertThat(DeliveryFile.read(SMALL.replace("node server.js", "[a, b c]")).command())
                .isEqualTo(List.of("a", "b c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    service: shop | service: Shop! | 1 | 10 | name
                    start: node server.js | start: [] | 2 | 8 | command
                    start: node server.js | run: x | 2 | 1 | key
                    health: {} | health: {interval: soon} | 5 | 20 | duration
                    limits: {} | limits: {memory: 512MB} | 6 | 18 | bytes
                    production: {} | production: {strategy: quick} | 4 | 26 | strategy
                    production: {} | production: {approvals: many} | 4 | 27 | number
                    production: {} | production: {host: "a b"} | 4 | 22 | host
                    production: {} | production: [1] | 4 | 15 | map
                    service: shop | "service: [" | 3 | 1 | yaml
                    """)
    void mistakeIsSaidWithLineAndColumn(
            String what, String instead, int line, int column, String expected) {
        var text =
                (SMALL + "health: {}\nlimits: {}\n")
                        .replace(what, instead.replaceAll("^\"|\"$", ""));
        var problem = problem(text);
        assertThat(problem.expected()).isEqualTo("deploying.delivery.expected." + expected);
        assertThat(problem.line()).isEqualTo(line);
        if (!expected.equals("yaml")) {
            assertThat(problem.column()).isEqualTo(column);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [{weight: 50}, {weight: 10}, {weight: 100}] | steps.rising
                    [{weight: 50}] | steps.end
                    [judge, {weight: 100}] | steps.judge
                    [{weight: 10}, {jump: 1}, {weight: 100}] | key
                    [{weight: 101}] | number
                    [{weight: 10}, {judge: {inconclusive: maybe}}, {weight: 100}] | inconclusive
                    """)
    void stepsMustMakeSense(String steps, String expected) {
        var text = SMALL + "strategies:\n  own:\n    kind: canary\n    steps: " + steps + "\n";
        assertThat(problem(text).expected()).isEqualTo("deploying.delivery.expected." + expected);
    }

    @Test
    void bigBangTakesAllTrafficAtOnce() {
        var own = SMALL + "strategies:\n  own:\n    kind: big-bang\n    steps: ";
        assertThat(problem(own + "[{weight: 10}, {weight: 100}]\n").expected())
                .isEqualTo("deploying.delivery.expected.steps.bigbang");
        assertThat(problem(own + "[approve, {weight: 100}]\n").expected())
                .isEqualTo("deploying.delivery.expected.steps.bigbang");
        var kept = own.replace("production: {}", "production: {strategy: own}");
        var production =
                DeliveryFile.read(kept + "[{weight: 100}, {pause: 5m}]\n")
                        .environment("production")
                        .orElseThrow();
        assertThat(production.next().oldStopsFirst()).isTrue();
        assertThat(production.first().strategy()).isEqualTo(Strategy.BIG_BANG);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(problem("service: shop\n").expected()).endsWith("missing.start");
        assertThat(problem("").expected()).endsWith("map");
        assertThat(problem("x".repeat(100_000)).expected()).endsWith("size");
        assertThat(problem("a: &a [*a]\n").expected()).contains("expected.");
    }

    @Test
    void everyExpectationHasATextInBothLanguages() throws IOException {
        var texts = Texts.of("deploying").strict();
        assertThat(texts.keys(java.util.Locale.GERMAN))
                .isEqualTo(texts.keys(java.util.Locale.ENGLISH));
        var sources = Path.of("src/main/java/dev/rondo/deploying");
        try (var files = Files.list(sources)) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                var matcher =
                        java.util.regex.Pattern.compile("problem\\(\"([a-z.]+)\"")
                                .matcher(Files.readString(file));
                while (matcher.find()) {
                    if (!matcher.group(1).endsWith(".")) {
                        assertThat(texts.has("deploying.delivery.expected." + matcher.group(1)))
                                .as(matcher.group(1))
                                .isTrue();
                    }
                }
            }
        }
    }

    private static DeliveryProblem problem(String text) {
        return catchThrowableOfType(DeliveryProblem.Found.class, () -> DeliveryFile.read(text))
                .problem();
    }
}
