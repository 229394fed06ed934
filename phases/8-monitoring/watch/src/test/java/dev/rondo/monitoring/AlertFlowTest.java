package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlertFlowTest {

    private static final String RULES =
            """
            alerts:
              - alert: TooManyErrors
                figure: error-ratio
                above: 0.1
                over: 2s
                keep_firing_for: 1s
                min_requests: 5
                severity: critical
              - alert: InstanceDown
                enabled: false
            """;

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void errorsFireAnAlertThatNamesItsCauseAndIsResolved(Database database) throws Exception {
        try (var rig = new Rig(database, folder)) {
            AlertRules.push(rig, folder, RULES);
            var deployed = rig.deployed("1.0.0");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        for (int i = 0; i < 10; i++) {
                            rig.answered("1.0.0", "/", i < 5 ? "5xx" : "2xx", 0.01);
                        }
                        return !rig.events(Kind.ALERT_FIRED).isEmpty();
                    });
            var event = rig.events(Kind.ALERT_FIRED).getFirst();
            var fired = (Fact.AlertFired) event.fact();
            assertThat(fired.rule()).isEqualTo("TooManyErrors");
            assertThat(fired.version()).isEqualTo("1.0.0");
            assertThat(fired.value()).isGreaterThan(0.1);
            assertThat(fired.threshold()).isEqualTo(0.1);
            assertThat(fired.summary()).contains("shop in production");
            assertThat(event.causes()).contains(deployed.seq());
            assertThat(event.subject())
                    .isEqualTo(Subject.of("alert", "TooManyErrors@shop/production"));
            assertThat(rig.get("/projects/shop/monitoring/alerts").body())
                    .contains("TooManyErrors", "firing", "of the requests to shop");
            assertThat(event.wording().orElseThrow().key())
                    .isEqualTo("monitoring.alert.summary.error-ratio");
            assertThat(rig.get("/projects/shop/monitoring/alerts", "Accept-Language", "de").body())
                    .contains("der Anfragen an shop")
                    .doesNotContain("of the requests to shop");

            // No traffic is no breach: it is resolved by itself.
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !rig.events(Kind.ALERT_RESOLVED).isEmpty());
            assertThat(rig.events(Kind.ALERT_RESOLVED).getFirst().causes())
                    .containsExactly(event.seq());
            assertThat(rig.events(Kind.ALERT_FIRED)).hasSize(1);
        }
    }

    @Test
    void aFiringAlertIsNotFiredAgainAfterARestart() throws Exception {
        var database = Databases.sqlite();
        try (var rig = new Rig(database, folder)) {
            AlertRules.push(
                    rig, folder, RULES.replace("keep_firing_for: 1s", "keep_firing_for: 1h"));
            rig.deployed("1.0.0");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        for (int i = 0; i < 10; i++) {
                            rig.answered("1.0.0", "/", "5xx", 0.01);
                        }
                        return !rig.events(Kind.ALERT_FIRED).isEmpty();
                    });
        }
        try (var rig = new Rig(database, folder)) {
            rig.answered("1.0.0", "/", "5xx", 0.01);
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> rig.events(Kind.ALERT_FIRED).size() == 1);
            assertThat(rig.get("/api/projects/shop/monitoring/alerts").body())
                    .contains("\"state\":\"firing\"");
        }
    }

    @Test
    void aFileThatCannotBeReadIsShownWhereItWasPushed() throws Exception {
        try (var rig = new Rig(Databases.sqlite(), folder)) {
            rig.deployed("1.0.0");
            var commit =
                    AlertRules.push(
                            rig, folder, "alerts:\n  - alert: X\n    figure: joy\n    above: 1\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(rig.get("/projects/shop/monitoring/alerts").body())
                                    .contains("line 3, column 13", "requests-per-second"));
            assertThat(rig.get("/projects/shop/panels?kind=change&id=" + commit).body())
                    .contains("line 3, column 13");
            assertThat(
                            rig.get(
                                            "/projects/shop/panels?kind=change&id=" + commit,
                                            "Accept-Language",
                                            "de")
                                    .body())
                    .contains("Zeile 3, Spalte 13");
            assertThat(rig.get("/api/projects/shop/monitoring/rules").body())
                    .contains("HighErrorRatio", "line 3");
        }
    }
}
