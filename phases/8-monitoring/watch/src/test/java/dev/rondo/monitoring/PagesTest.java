package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.phase.ChatCommand;
import dev.rondo.store.Micros;
import dev.rondo.web.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All pages over HTTP, of a project with a service, a canary that failed, and an alert. */
class PagesTest {

    private static final String SERVICE = "/projects/shop/monitoring/services/shop/production";

    @TempDir static Path folder;
    private static Rig rig;
    private static String judgement;

    @BeforeAll
    static void start() {
        rig = new Rig(Databases.sqlite(), folder);
        rig.deployed("1.0.0");
        rig.tell(
                Rig.ROLLOUT,
                new Fact.RolloutStepped("r1", "shop", "production", "1.1.0", 1, "weight", 20));
        rig.instance("1.0.0", "i1", true);
        rig.instance("1.1.0", "i2", false);
        try (var users = new Users(rig, "1.0.0", "1.1.0", 0.2, "/api/cart")) {
            judgement =
                    rig.askForJudgement(
                                    "1.0.0",
                                    "1.1.0",
                                    new Fact.JudgementRules(1000, 60, 0.01, 2, 0.95))
                            .id();
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> !rig.events(Kind.JUDGEMENT_GIVEN).isEmpty());
            assertThat(users).isNotNull();
        }
        rig.tell(
                Subject.of("incident", 1),
                new Fact.IncidentDetected(
                        1, "major", "t", "shop", "production", "1.1.0", "c0ffee", "e"));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/projects/shop/monitoring",
                SERVICE,
                SERVICE + "?window=1h",
                SERVICE + "/figures",
                "/projects/shop/monitoring/judgements",
                "/projects/shop/monitoring/alerts",
                "/monitoring/rondo",
            })
    void everyPageIsThereInBothLanguages(String path) {
        for (var language : List.of("en", "de")) {
            var answer = rig.get(path, "Accept-Language", language);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("⟦").doesNotContain("style=\"");
        }
    }

    @Test
    void theOverviewShowsTheServiceWithItsCandidate() {
        assertThat(rig.get("/projects/shop/monitoring").body())
                .contains(SERVICE, "1.0.0", "1.1.0 gets 20 %", "<svg", "1 of 2");
        assertThat(rig.get("/projects/shop/monitoring", "HX-Request", "true").body())
                .doesNotContain("<html")
                .contains("hx-trigger");
    }

    @Test
    void theServicePageShowsVersionsInstancesAndCharts() {
        assertThat(rig.get(SERVICE).body())
                .contains(
                        "data-chart=\"/api" + SERVICE + "/charts/requests?window=15m\"",
                        "charts/latency-p99",
                        "i1",
                        "64 MiB",
                        "monitoring/judgements/" + judgement);
    }

    @Test
    void theJudgementPageSaysWhyInWords() {
        var english = rig.get("/projects/shop/monitoring/judgements/" + judgement).body();
        assertThat(english).contains("failed", "Worst is /api/cart", "between", "/course/evidence");
        var german =
                rig.get(
                                "/projects/shop/monitoring/judgements/" + judgement,
                                "Accept-Language",
                                "de")
                        .body();
        assertThat(german).contains("durchgefallen", "Am schlechtesten ist /api/cart");
    }

    @Test
    void rolloutAndIncidentShowTheSamplesThatDecided() {
        for (var subject : List.of("kind=rollout&id=r1", "kind=incident&id=1")) {
            assertThat(rig.get("/projects/shop/panels?" + subject).body())
                    .contains("1.1.0 against 1.0.0", "Worst is /api/cart");
        }
        assertThat(rig.get("/projects/shop/panels?kind=service&id=shop/production").body())
                .contains("1.1.0", SERVICE);
        assertThat(rig.get("/projects/shop/panels?kind=service&id=none/such").body())
                .doesNotContain("class=\"panel");
        assertThat(rig.get("/projects/shop/panels?kind=incident&id=77").body())
                .doesNotContain("class=\"panel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requests", "errors", "latency-p50", "latency-p95", "latency-p99"})
    void aChartHasALinePerVersionAndMarksTheDeployment(String figure) {
        var path = "/api" + SERVICE + "/charts/" + figure + "?window=5m";
        // A line begins with the first whole second after the version's first count.
        await().untilAsserted(() ->
                assertThat(titles(rig.get(path).body())).containsExactly("1.0.0", "1.1.0"));
        var answer = rig.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        var chart = Json.MAPPER.readTree(answer.body());
        var times = chart.get("times").size();
        for (var line : chart.get("series")) {
            assertThat(line.get("values").size()).isEqualTo(times);
        }
        assertThat(chart.get("markers").findValuesAsString("title"))
                .contains("1.0.0 is live", "1.1.0 gets 20 %");
        assertThat(chart.get("times").get(times - 1).asDouble())
                .isCloseTo(Micros.now() / 1e6, org.assertj.core.data.Offset.offset(3.0));
    }

    private static List<String> titles(String chart) {
        return Json.MAPPER.readTree(chart).path("series").findValuesAsString("title");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "memory"})
    void resourcesHaveALinePerInstance(String figure) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(rig.get("/api" + SERVICE + "/charts/" + figure).body())
                                .contains("\"i1\"", "\"i2\""));
    }

    @Test
    void theCourseOfAJudgementCanBeDrawn() {
        var path = "/api/projects/shop/monitoring/judgements/" + judgement + "/course/";
        assertThat(rig.get(path + "evidence").body()).contains("more errors");
        assertThat(rig.get(path + "errors").body()).contains("1.1.0");
        assertThat(rig.get(path + "joy").statusCode()).isEqualTo(404);
    }

    @Test
    void jsonTellsTheSame() {
        assertThat(rig.get("/api/projects/shop/monitoring/services").body())
                .contains("\"service\":\"shop\"", "\"candidate\":\"1.1.0\"");
        assertThat(rig.get("/api/projects/shop/monitoring/judgements/" + judgement).body())
                .contains("\"state\":\"fail\"", "\"worstRoute\":\"/api/cart\"");
        assertThat(rig.get("/api/monitoring/rondo/charts/memory").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsSaidClearly() {
        assertThat(rig.get("/projects/shop/monitoring/services/none/such").statusCode())
                .isEqualTo(404);
        assertThat(rig.get("/projects/shop/monitoring/judgements/none").statusCode())
                .isEqualTo(404);
        var window = rig.get("/api" + SERVICE + "/charts/requests?window=5y");
        assertThat(window.statusCode()).isEqualTo(400);
        assertThat(window.body()).contains("5y", "15m");
        assertThat(rig.get("/api" + SERVICE + "/charts/joy").statusCode()).isEqualTo(404);
    }

    @Test
    void theCommandAnswersOrSaysWhyNot() {
        var command = rig.phase.commands().getFirst();
        assertThat(command.word()).isEqualTo("status");
        assertThat(run(command, "shop").text()).contains("shop in production: version 1.0.0");
        assertThat(run(command, "shop").href()).isEqualTo(SERVICE);
        assertThat(run(command, "blog").accepted()).isFalse();
        assertThat(run(command, "blog").text()).contains("blog");
        assertThat(run(command, "a", "b", "c").accepted()).isFalse();
    }

    private static ChatCommand.Answer run(ChatCommand command, String... words) {
        return command.action()
                .run(
                        new ChatCommand.Call(
                                Rig.caller(),
                                rig.access.projects().find("shop").orElseThrow(),
                                List.of(words),
                                String.join(" ", words),
                                Locale.ENGLISH,
                                "box"));
    }

    @Test
    void theHomePageLearnsWhatThePhaseHolds() {
        var holds = rig.store.read(sql -> rig.phase.holds(sql, "shop"));
        assertThat(holds).hasSize(3);
        for (var standing : holds) {
            assertThat(rig.texts.say(Locale.GERMAN, standing.key(), standing.count()))
                    .doesNotContain("{");
        }
    }
}
