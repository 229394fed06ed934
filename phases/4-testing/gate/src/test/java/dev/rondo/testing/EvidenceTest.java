package dev.rondo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Kind;
import dev.rondo.store.Database;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From the events of a run to the gate's, on both databases, with a real repository. */
class EvidenceTest {
    private static final String GREEN =
            "<testsuite name='cart' time='2'><testcase classname='cart' name='adds' time='1'/>"
                    + "<testcase classname='cart' name='removes' time='1'/></testsuite>";
    private static final String RED =
            "<testsuite name='cart'><testcase classname='cart' name='adds'>"
                    + "<failure message='3 is not 4'>at cart.js:3</failure></testcase></testsuite>";
    private static final String SOURCE = "one\ntwo\nthree\n";

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void greenRunTellsItsTestsAndPassesTheGateWithItsCauses(Database database) {
        try (var rig = new Rig(database, folder)) {
            var commit = rig.push("main", Map.of("src/cart.js", SOURCE), "first");
            var run =
                    rig.finish(
                            "main",
                            commit,
                            "success",
                            Map.of(
                                    "reports/junit.xml", GREEN,
                                    "reports/e2e/junit-ui.xml", GREEN,
                                    "coverage/lcov.info",
                                            "TN:\nSF:/home/ci/shop/src/cart.js\nDA:1,1\nDA:2,0\n"
                                                    + "end_of_record\n",
                                    "node_modules/x/junit.xml", RED));
            var gate = rig.decision(run);
            assertThat(gate.verdict()).isEqualTo("passed");
            assertThat(gate.reasons())
                    .contains("The run succeeded.", "All 4 tests passed.", "No findings.");
            var suites = rig.event("testsuiterun", run, Kind.TESTSUITERUN_FINISHED);
            var fact = (Fact.TestSuiteRunFinished) suites.fact();
            assertThat(fact.tests()).isEqualTo(4);
            assertThat(fact.millis()).isEqualTo(4000);
            assertThat(fact.testsByLevel()).isEqualTo(Map.of("unit", 2, "ui", 2));
            assertThat(fact.linesCovered()).isEqualTo(1);
            assertThat(fact.linesTotal()).isEqualTo(2);
            var job = rig.events("taskrun", run + "/test").getFirst();
            var finished = rig.events("pipelinerun", run).getFirst();
            assertThat(suites.causes()).containsExactly(job.seq());
            assertThat(rig.event("gate", run, Kind.GATE_DECIDED).causes())
                    .containsExactly(finished.seq(), suites.seq());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void failedTestsBrokenReportsAndMissingReportsShutTheGate(Database database) {
        try (var rig = new Rig(database, folder)) {
            var commit = rig.push("main", Map.of("a.txt", "a"), "first");
            var red = rig.decide("main", commit, "failure", Map.of("junit.xml", RED));
            assertThat(red.verdict()).isEqualTo("failed");
            assertThat(red.reasons()).startsWith("The run failed.", "One of one test failed: adds");

            var broken =
                    rig.decide(
                            "main",
                            commit,
                            "success",
                            Map.of("a/junit.xml", GREEN, "b/junit.xml", GREEN + "<oops>"));
            assertThat(broken.verdict()).isEqualTo("failed");
            assertThat(broken.reasons().getFirst())
                    .startsWith("A file cannot be read, so its evidence is missing: b/junit.xml:1:")
                    .endsWith("a second root element <oops>");
            assertThat(broken.reasons()).contains("All 2 tests passed.");

            var none = rig.finish("main", commit, "success", Map.of());
            assertThat(rig.decision(none).verdict()).isEqualTo("failed");
            assertThat(rig.decision(none).reasons().getFirst()).startsWith("No report was found");
            assertThat(rig.events("testsuiterun", none)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void coverageOfChangedLinesIsMeasuredFromTheRightCommit(Database database) {
        try (var rig = new Rig(database, folder)) {
            var rules = "tests: all-pass\ncoverage:\n  changed-lines: 60\n  changed-from: 2\n";
            var first =
                    rig.push(
                            "main",
                            Map.of(".rondo/gate.yml", rules, "src/cart.js", SOURCE),
                            "first");
            var firstGate =
                    rig.decide(
                            "main",
                            first,
                            "success",
                            Map.of("junit.xml", GREEN, "lcov.info", lcov()));
            assertThat(firstGate.verdict()).isEqualTo("passed");
            assertThat(firstGate.reasons())
                    .anyMatch(reason -> reason.startsWith("There is no earlier commit"));

            var second =
                    rig.push("main", Map.of("src/cart.js", SOURCE + "four\nfive\nsix\n"), "more");
            var gate =
                    rig.decide(
                            "main",
                            second,
                            "success",
                            Map.of("junit.xml", GREEN, "lcov.info", lcov()));
            assertThat(gate.verdict()).isEqualTo("failed");
            assertThat(gate.reasons().getFirst())
                    .isEqualTo(
                            "33.3 % of the 3 changed lines that can be run were run;"
                                    + " 60 % demanded.");

            var branch = rig.push("topic", Map.of("README", "text"), "words");
            var small =
                    rig.decide(
                            "topic",
                            branch,
                            "success",
                            Map.of("junit.xml", GREEN, "lcov.info", lcov()));
            assertThat(small.verdict()).isEqualTo("passed");
            assertThat(small.reasons())
                    .contains(
                            "No changed line can be run; the rule for changed lines holds from 2"
                                    + " on.");
        }
    }

    private static String lcov() {
        return "TN:\nSF:src/cart.js\nDA:1,1\nDA:2,0\nDA:3,0\nDA:4,7\nDA:5,0\nDA:6,0\n"
                + "end_of_record\n";
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void findingsAreNewAgainstTheLastRunThatPassed(Database database) {
        try (var rig = new Rig(database, folder)) {
            var commit = rig.push("main", Map.of("src/cart.js", SOURCE), "first");
            var first =
                    rig.decide(
                            "main",
                            commit,
                            "success",
                            Map.of("junit.xml", GREEN, "eslint.json", eslint(1)));
            assertThat(first.verdict()).isEqualTo("passed");
            assertThat(first.reasons())
                    .anyMatch(reason -> reason.startsWith("One finding is known from now on"));
            var moved =
                    rig.decide(
                            "main",
                            commit,
                            "success",
                            Map.of("junit.xml", GREEN, "eslint.json", eslint(9)));
            assertThat(moved.verdict()).isEqualTo("passed");
            var two = eslint(1).replace("]}]", "," + message(5, "other") + "]}]");
            for (int i = 0; i < 2; i++) {
                var fresh =
                        rig.decide(
                                "main",
                                commit,
                                "success",
                                Map.of("junit.xml", GREEN, "eslint.json", two));
                assertThat(fresh.verdict()).isEqualTo("failed");
                assertThat(fresh.reasons().getFirst())
                        .isEqualTo("One new finding of level error; none is allowed.");
            }
        }
    }

    private static String eslint(int line) {
        return "[{\"filePath\":\"/home/ci/src/cart.js\",\"messages\":["
                + message(line, "unused")
                + "]}]";
    }

    private static String message(int line, String rule) {
        return "{\"ruleId\":\""
                + rule
                + "\",\"severity\":2,\"message\":\"bad\",\"line\":"
                + line
                + ",\"column\":1}";
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void settingsThatDoNotParseShutTheGateWithTheirPlace(Database database) {
        try (var rig = new Rig(database, folder)) {
            var commit =
                    rig.push(
                            "main",
                            Map.of(
                                    ".rondo/gate.yml",
                                            "tests: all-pass\ncoverage:\n  total: many\n",
                                    ".rondo/tests.yml", "tests:\n  - path: ../x\n"),
                            "first");
            var run = rig.finish("main", commit, "success", Map.of("junit.xml", GREEN));
            assertThat(rig.decision(run).verdict()).isEqualTo("failed");
            assertThat(rig.decision(run).reasons())
                    .containsExactly(
                            "The rules cannot be read, so nothing passes: .rondo/gate.yml:3:10:"
                                    + " expected a percentage from 0 to 100, or off, found “many”");

            rig.push("main", Map.of(".rondo/gate.yml", "tests: all-pass\n"), "repair the gate");
            assertThat(rig.post("/projects/shop/testing/runs/" + run + "/decisions").statusCode())
                    .isEqualTo(303);
            await().atMost(Rig.PATIENCE).until(() -> rig.events("gate", run).size() == 2);
            assertThat(rig.decision(run).reasons().getFirst())
                    .isEqualTo(
                            "A file cannot be read, so its evidence is missing:"
                                    + " .rondo/tests.yml:2:11: expected a glob within the"
                                    + " workspace, without .., found “../x”");
            assertThat(rig.event("gate", run, Kind.GATE_DECIDED).actor()).isEqualTo("olga");
            assertThat(rig.events("testsuiterun", run)).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void oldFailuresMayBeToleratedButNewOnesAreNot(Database database) {
        try (var rig = new Rig(database, folder)) {
            var commit =
                    rig.push(
                            "main", Map.of(".rondo/gate.yml", "tests: no-new-failures\n"), "first");
            assertThat(rig.decide("main", commit, "success", Map.of("junit.xml", GREEN)).verdict())
                    .isEqualTo("passed");
            var fresh = rig.decide("main", commit, "success", Map.of("junit.xml", RED));
            assertThat(fresh.reasons().getFirst())
                    .isEqualTo("One test failed that passed on the default branch: adds");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void whatWasWaitingIsReadAfterARestart(Database database) {
        String run;
        try (var rig = new Rig(database, folder)) {
            var commit = rig.push("main", Map.of("a", "b"), "first");
            rig.phase.stop();
            run = rig.finish("main", commit, "success", Map.of("junit.xml", GREEN));
            await().atMost(Rig.PATIENCE)
                    .until(() -> rig.store.read(sql -> PageReads.waiting(sql, "shop")) == 1);
            var again =
                    new EvidenceWorker(
                            rig.store,
                            rig.journal,
                            rig.blobs,
                            new Changes(rig.repositories),
                            new dev.rondo.web.Site(null, rig.texts).live(),
                            rig.texts);
            again.wake();
            assertThat(rig.decision(run).verdict()).isEqualTo("passed");
            again.stop();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void tenThousandTestsAreKeptAndFound(Database database) {
        keepsAndFinds(database, 10_000);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void hundredThousandTestsAreKeptAndFound(Database database) {
        keepsAndFinds(database, 100_000);
    }

    private void keepsAndFinds(Database database, int tests) {
        try (var rig = new Rig(database, folder)) {
            var commit = rig.push("main", Map.of("a", "b"), "first");
            var report = new StringBuilder("<testsuite name='big'>");
            for (int i = 0; i < tests; i++) {
                report.append("<testcase classname='p.Big' name='test").append(i).append("'/>");
            }
            report.append("</testsuite>");
            var run = rig.finish("main", commit, "success", Map.of("junit.xml", report.toString()));
            assertThat(rig.decision(run).reasons())
                    .contains(String.format(Locale.ROOT, "All %,d tests passed.", tests));
            assertThat(rig.get("/projects/shop/testing/runs/" + run).statusCode()).isEqualTo(200);
            assertThat(rig.get("/projects/shop/testing/tests?q=test" + (tests - 1)).body())
                    .contains("test" + (tests - 1));
        }
    }
}
