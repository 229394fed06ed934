package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Kind;
import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import dev.rondo.store.Micros;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts of which nobody is to hear for a while. */
class SilenceTest {

    private static final String SILENCES = "/api/projects/shop/monitoring/silences";
    private static final String DOWN =
            "{\"matchers\":\"alertname=\\\"InstanceDown\\\"\",\"comment\":\"moving house\","
                    + "\"hours\":2}";

    /** The usual rule looks over 10 seconds and waits for 15 and 30: too long for a test. */
    private static final String RULES =
            """
            alerts:
              - alert: InstanceDown
                figure: instances-down
                above: 0
                over: 2s
                for: 1s
                keep_firing_for: 1s
            """;

    @TempDir Path folder;

    private void down(Rig rig) throws Exception {
        AlertRules.push(rig, folder, RULES);
        rig.deployed("1.0.0");
        rig.instance("1.0.0", "one", false);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        rig.store.read(sql -> AlertStore.active(sql, "shop")).stream()
                                .anyMatch(row -> row.key().rule().equals("InstanceDown")));
    }

    private static String id(String json) {
        var from = json.indexOf("\"id\":\"") + 6;
        return json.substring(from, json.indexOf('"', from));
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aSilencedAlertIsRecordedAndToldOnlyWhenTheSilenceEndsByHand(Database database)
            throws Exception {
        try (var rig = new Rig(database, folder)) {
            var made = rig.post(SILENCES, DOWN);
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            down(rig);
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> rig.events(Kind.ALERT_SILENCED).size() == 1);
            var event = rig.events(Kind.ALERT_SILENCED).getFirst();
            assertThat(((Fact.AlertSilenced) event.fact()).silence()).isEqualTo(id(made.body()));
            assertThat(rig.events(Kind.ALERT_FIRED)).isEmpty();
            assertThat(rig.get("/projects/shop/monitoring/alerts").body())
                    .contains("silenced", "by olga until", "moving house");
            assertThat(rig.get("/projects/shop/monitoring/silences").body())
                    .contains("1 alert now", "moving house");
            assertThat(rig.delete(SILENCES + "/" + id(made.body())).statusCode()).isEqualTo(204);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> rig.events(Kind.ALERT_FIRED).size() == 1);
            assertThat(rig.events(Kind.ALERT_FIRED).getFirst().causes()).contains(event.seq());
            assertThat(rig.delete(SILENCES + "/" + id(made.body())).statusCode()).isEqualTo(404);
            assertThat(
                            rig.get("/projects/shop/monitoring/silences", "Accept-Language", "de")
                                    .body())
                    .contains("beendet durch olga");
        }
    }

    @Test
    void aSilenceEndsByItself() throws Exception {
        try (var rig = new Rig(Databases.sqlite(), folder)) {
            rig.post(SILENCES, DOWN);
            down(rig);
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> !rig.events(Kind.ALERT_SILENCED).isEmpty());
            var soon = Micros.now() + 2_000_000;
            rig.store.update(
                    tx -> tx.sql().execute("UPDATE monitoring_silence SET ends_at = ?", soon));
            // The worker reads what changed at the next push, deployment or silence.
            rig.deployed("1.0.0");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !rig.events(Kind.ALERT_FIRED).isEmpty());
            assertThat(rig.events(Kind.ALERT_SILENCED)).hasSize(1);
        }
    }

    @Test
    void aMutedAlertThatGetsFineIsResolvedAndNobodyWasTold() throws Exception {
        try (var rig = new Rig(Databases.sqlite(), folder)) {
            rig.post(SILENCES, DOWN);
            down(rig);
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> !rig.events(Kind.ALERT_SILENCED).isEmpty());
            rig.instance("1.0.0", "one", true);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !rig.events(Kind.ALERT_RESOLVED).isEmpty());
            assertThat(rig.events(Kind.ALERT_FIRED)).isEmpty();
            assertThat(rig.events(Kind.ALERT_RESOLVED).getFirst().causes())
                    .containsExactly(rig.events(Kind.ALERT_SILENCED).getFirst().seq());
        }
    }

    @Test
    void whatIsWrongWithASilenceIsSaid() {
        try (var rig = new Rig(Databases.sqlite(), folder)) {
            assertThat(rig.post(SILENCES, DOWN.replace("InstanceDown", "")).body())
                    .contains("monitoring.silence.matchers.all", "every alert");
            assertThat(rig.post(SILENCES, DOWN.replace("moving house", " ")).body())
                    .contains("monitoring.silence.comment");
            assertThat(rig.post(SILENCES, DOWN.replace("\"hours\":2", "\"hours\":-1")).body())
                    .contains("monitoring.silence.until");
            assertThat(
                            rig.post(
                                            SILENCES,
                                            DOWN.replace("\"hours\":2", "\"until\":\"tomorrow\""))
                                    .body())
                    .contains("monitoring.silence.until");
            assertThat(
                            rig.post(
                                            SILENCES,
                                            DOWN.replace(
                                                    "\"hours\":2",
                                                    "\"until\":\"2999-01-01T00:00:00Z\""))
                                    .body())
                    .contains("monitoring.silence.until");
            assertThat(rig.get(SILENCES).body()).isEqualTo("{\"silences\":[]}");
        }
    }
}
