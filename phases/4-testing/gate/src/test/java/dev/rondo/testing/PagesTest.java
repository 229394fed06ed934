package dev.rondo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.phase.ChatCommand;
import dev.rondo.store.Micros;
import dev.rondo.web.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All pages over HTTP, of a project with a good run and a bad one. */
class PagesTest {
    private static final String ROOT = "/projects/shop/testing";

    @TempDir static Path folder;
    private static Rig rig;
    private static String good;
    private static String bad;
    private static String commit;

    @BeforeAll
    static void start() {
        rig = new Rig(Databases.sqlite(), folder);
        rig.push("main", Map.of("src/cart.js", "one\n"), "first");
        commit = rig.push("main", Map.of("src/cart.js", "one\ntwo\n<three>\n"), "more for #7");
        var tests =
                "<testsuites><testsuite name='cart'><testcase classname='cart' name='adds' time='1'/>"
                        + "<testcase classname='cart' name='shakes'><flakyFailure message='once'/>"
                        + "</testcase></testsuite></testsuites>";
        var lcov = "TN:\nSF:src/cart.js\nDA:1,1\nDA:2,1\nDA:3,0\nend_of_record\n";
        good =
                rig.finish(
                        "main",
                        commit,
                        "success",
                        Map.of(
                                "unit/junit.xml", tests,
                                "integration/junit.xml", tests,
                                "ui/junit.xml", tests,
                                "lcov.info", lcov));
        assertThat(rig.decision(good).verdict()).isEqualTo("passed");
        bad =
                rig.finish(
                        "main",
                        commit,
                        "failure",
                        Map.of(
                                "junit.xml",
                                "<testsuite name='cart'><testcase classname='cart' name='adds'>"
                                        + "<failure message='&lt;script&gt;alert(1)&lt;/script&gt;'>"
                                        + "at cart.js:7</failure></testcase></testsuite>",
                                "eslint.json",
                                "[{\"filePath\":\"src/cart.js\",\"messages\":[{\"ruleId\":\"semi\","
                                        + "\"severity\":1,\"message\":\"No semicolon\",\"line\":2,"
                                        + "\"column\":1}]}]",
                                "broken/junit.xml",
                                "<testsuite>"));
        assertThat(rig.decision(bad).verdict()).isEqualTo("failed");
        rig.tell(
                Subject.of("release", "1.0.0"),
                new Fact.ReleaseDrafted("1.0.0", commit, good, List.of(), List.of()));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static String page(String path, String... headers) {
        var response = rig.get(path, headers);
        assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
        return response.body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyPageAnswersInBothLanguagesWithoutInlineScriptOrStyle(String language) {
        var id = Names.digest("cart#adds");
        for (var path :
                List.of(
                        ROOT,
                        ROOT + "?last",
                        ROOT + "/runs/" + good,
                        ROOT + "/runs/" + bad,
                        ROOT + "/runs/" + good + "/source?path=src%2Fcart.js",
                        ROOT + "/tests",
                        ROOT + "/tests?q=nothing%25",
                        ROOT + "/tests/" + id,
                        ROOT + "/gate")) {
            var html = page(path, "Accept-Language", language);
            assertThat(html).as(path).contains("<html lang=\"" + language + "\"");
            assertThat(html).as(path).doesNotContain("⟦", " style=", "<script>", "onclick=");
        }
    }

    @Test
    void overviewDrawsThePyramidAndNamesWhatFailsShakesAndIsSlow() {
        var html = page(ROOT, "Accept-Language", "en");
        assertThat(html).contains("<svg class=\"pyramid\"", "aria-label=\"1 unit tests");
        assertThat(html).contains("Failing now", "Not to be relied on", "Slowest", "CI #2");
    }

    @Test
    void runOfThreeLevelsShowsCountsAndTimeOfEach() {
        var html = page(ROOT + "/runs/" + good, "Accept-Language", "en");
        assertThat(html).contains("2 unit tests, 2 integration tests, 2 UI tests");
        assertThat(html).contains("Passed only when tried again", "66.6 %", "src/cart.js", "1/2");
        assertThat(html).contains("All 6 tests passed.");
    }

    @Test
    void failedRunShowsMessageStackFindingsAndTheReportThatCannotBeRead() {
        var html = page(ROOT + "/runs/" + bad, "Accept-Language", "en");
        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "at cart.js:7");
        assertThat(html).contains("No semicolon", "ESLint semi", "src/cart.js:2");
        assertThat(html).contains("broken/junit.xml", "the file ends inside &lt;testsuite&gt;");
        assertThat(html).contains("Decide again", "The run failed.");
    }

    @Test
    void sourceMarksChangedLinesThatWereNotRun() {
        var html =
                page(
                        ROOT + "/runs/" + good + "/source?path=src%2Fcart.js",
                        "Accept-Language",
                        "en");
        assertThat(html).contains("changed, not run", "changed, run", "&lt;three&gt;");
    }

    @Test
    void historyOfATestShowsItsRuns() {
        var html = page(ROOT + "/tests/" + Names.digest("cart#shakes"), "Accept-Language", "en");
        assertThat(html).contains("shakes", "flaky", "/runs/" + good);
    }

    @Test
    void panelsStandOnRunCommitReleaseAndTicket() {
        for (var subject :
                List.of("pipelinerun/" + bad, "change/" + commit, "release/1.0.0", "ticket/7")) {
            assertThat(page("/projects/shop/panels/" + subject, "Accept-Language", "en"))
                    .as(subject)
                    .contains("Tests and gate", "CI #");
        }
        assertThat(page("/projects/shop/panels/ticket/8")).doesNotContain("CI #");
    }

    @Test
    void jsonTellsRunsResultsAndGate() {
        var runs = Json.MAPPER.readTree(page("/api/projects/shop/testing/runs"));
        assertThat(runs.get("runs").get(0).get("verdict").asString()).isEqualTo("failed");
        var run = Json.MAPPER.readTree(page("/api/projects/shop/testing/runs/" + bad));
        assertThat(run.get("failedTests").get(0).get("stack").asString()).isEqualTo("at cart.js:7");
        assertThat(run.get("gate").get("reasons").get(0).get("good").asBoolean()).isFalse();
        var test =
                Json.MAPPER.readTree(
                        page("/api/projects/shop/testing/tests/" + Names.digest("cart#adds")));
        assertThat(test.get("results")).hasSize(4);
        assertThat(page("/api/projects/shop/testing/gate")).contains("Every test passed.");
        assertThat(page("/api/projects/shop/testing/tests?q=shak")).contains("shakes");
    }

    @Test
    void whatIsNotThereIsMissing() {
        for (var path :
                List.of(
                        ROOT + "/runs/none",
                        ROOT + "/tests/none",
                        ROOT + "/runs/" + good + "/source?path=..%2F..%2Fetc%2Fpasswd",
                        "/api/projects/shop/testing/runs/none")) {
            assertThat(rig.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void commandTellsTheLastRun() {
        var command = rig.phase.commands().getFirst();
        var project =
                new dev.rondo.access.Project(
                        "shop", "shop", "", "main", Micros.toInstant(Micros.now()));
        var call = new ChatCommand.Call(Rig.caller(), project, List.of(), "", Locale.GERMAN, "box");
        var answer = command.action().run(call);
        assertThat(answer.accepted()).isTrue();
        assertThat(answer.text()).startsWith("Lauf #2 (main): 1 Tests, 1 fehlgeschlagen");
        assertThat(answer.href()).isEqualTo(ROOT + "/runs/" + bad);
        var unknown =
                new ChatCommand.Call(
                        Rig.caller(), project, List.of("nix"), "nix", Locale.ENGLISH, "box");
        assertThat(command.action().run(unknown).accepted()).isFalse();
    }

    @Test
    void homeShowsTestsAndGate() {
        var holds = rig.store.read(sql -> rig.phase.holds(sql, "shop"));
        assertThat(holds).hasSize(2);
        assertThat(rig.texts.say(Locale.ENGLISH, holds.get(0).key(), holds.get(0).count()))
                .isEqualTo("1 test fails");
    }
}
