package dev.rondo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rondo.testing.reports.Outcome;
import dev.rondo.testing.reports.ReportFormat;
import dev.rondo.testing.reports.TestResult;
import dev.rondo.testing.reports.Unreadable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Globs, the paths of reports, levels by convention, and files of the repository. */
class PathsTest {

    @ParameterizedTest
    @CsvSource({
        "**/junit*.xml,junit.xml,true",
        "**/junit*.xml,a/b/junit-1.xml,true",
        "**/junit*.xml,a/junit/x.xml,false",
        "a/*/c,a/b/c,true",
        "a/*/c,a/b/b/c,false",
        "a/**/c,a/c,true",
        "a/**/c,a/b/b/c,true",
        "a/**,a/b/c,true",
        "TEST-?.xml,TEST-1.xml,true",
        "TEST-?.xml,TEST-12.xml,false",
        "'{a,b}/x.{xml,json}',b/x.json,true",
        "'{a,b}/x.{xml,json}',c/x.json,false",
        "*a*b*c,xxaxxbxxc,true",
        "*a*b*c,xxaxxbxx,false",
        "a.b,aXb,false",
    })
    void globsMatchAsPeopleExpect(String glob, String path, boolean matches) {
        assertThat(PathGlob.of(glob).matches(path)).isEqualTo(matches);
        if (!glob.startsWith("*a")) {
            boolean java =
                    PathGlob.of(glob).forPathMatcher().stream()
                            .anyMatch(each ->
                                    FileSystems.getDefault()
                                            .getPathMatcher("glob:" + each)
                                            .matches(Path.of(path)));
            assertThat(java).isEqualTo(matches);
        }
    }

    @Test
    @Timeout(5)
    void globWrittenToTakeForEverDoesNot() {
        var glob = PathGlob.of("**/*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b/**/**/**/**/c");
        assertThat(glob.matches("a/".repeat(500) + "a".repeat(3000))).isFalse();
        assertThat(PathGlob.of("{a,b}".repeat(60)).matches("c".repeat(60))).isFalse();
        var strange = PathGlob.of("a[b]{c/**/d.xml").forPathMatcher().getFirst();
        assertThat(
                        FileSystems.getDefault()
                                .getPathMatcher("glob:" + strange)
                                .matches(Path.of("a[b]{c/d.xml")))
                .isTrue();
    }

    @Test
    void settingsOfTheExampleShopAreRead() {
        var paths =
                ReportPaths.parse(
                        """
                        tests:
                          - path: reports/junit/ui.xml
                            format: junit
                            level: ui
                        coverage:
                          - path: reports/coverage/*/lcov.info
                            format: lcov
                        findings:
                          - reports/lint.json
                        """);
        var ui = paths.entry("reports/junit/ui.xml").orElseThrow();
        assertThat(ui.level()).hasValue(Level.UI);
        assertThat(ui.format()).hasValue(ReportFormat.JUNIT);
        assertThat(paths.takes("reports/lint.json")).isTrue();
        assertThat(paths.takes("target/surefire-reports/TEST-a.xml")).isTrue();
        assertThat(paths.takes("node_modules/a/junit.xml")).isFalse();
        assertThat(paths.takes("reports/other.json")).isFalse();
        assertThat(ReportPaths.parse("defaults: false").takes("junit.xml")).isFalse();
    }

    @Test
    void settingsOfTheExamplesParse() throws IOException {
        var examples = Path.of("../../../examples");
        try (var files = Files.find(examples, 3, (path, is) -> path.endsWith(".rondo"))) {
            for (var folder : files.toList()) {
                if (Files.exists(folder.resolve("tests.yml"))) {
                    ReportPaths.parse(Files.readString(folder.resolve("tests.yml")));
                }
                if (Files.exists(folder.resolve("gate.yml"))) {
                    GateRules.parse(Files.readString(folder.resolve("gate.yml")));
                }
            }
        }
        var shop = ReportPaths.parse(Files.readString(examples.resolve("shop/.rondo/tests.yml")));
        assertThat(shop.entry("reports/junit/integration.xml").flatMap(ReportPaths.Entry::level))
                .hasValue(Level.INTEGRATION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tests:\\n  - level: unit|testing.yaml.path.missing",
                "tests:\\n  - {path: a, level: load}|testing.yaml.level",
                "tests:\\n  - {path: a, format: xml}|testing.yaml.format",
                "tests:\\n  - /etc/passwd|testing.yaml.path",
                "tests:\\n  - a/../../b|testing.yaml.path",
                "tests: junit.xml|testing.yaml.list",
                "reports: []|testing.yaml.key",
                "defaults: sometimes|testing.yaml.truth",
            })
    void settingsThatDoNotParseSayWhatWasExpected(String file, String key) {
        var problem =
                catchThrowableOfType(
                                Unreadable.class,
                                () -> ReportPaths.parse(file.replace("\\n", "\n")))
                        .problem();
        assertThat(problem.key()).isEqualTo(key);
        assertThat(problem.line()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "target/surefire-reports/TEST-a.xml,build,UNIT",
        "target/failsafe-reports/TEST-a.xml,build,INTEGRATION",
        "reports/e2e/junit.xml,build,UI",
        "junit.xml,Integration tests,INTEGRATION",
        "junit.xml,Browser,UI",
    })
    void levelOfAReportComesFromItsPathOrItsJob(String path, String job, Level level) {
        assertThat(Levels.ofReport(path, job)).hasValue(level);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.CartTest,'',UNIT",
        "shop.CartIT,'',INTEGRATION",
        "shop.CartIntegrationTest,'',INTEGRATION",
        "shop.CartUiTest,'',UI",
        "cart,tests/integration/cart.test.js,INTEGRATION",
        "cart,tests/ui/cart.test.js,UI",
        "it adds,'',UNIT",
    })
    void levelOfATestComesFromWhereItStands(String className, String file, Level level) {
        var test =
                new TestResult(
                        "suite",
                        className,
                        "the ui test",
                        file,
                        Outcome.PASSED,
                        false,
                        1,
                        0,
                        "",
                        "");
        assertThat(Levels.ofTest(test, Optional.empty())).isEqualTo(level);
        assertThat(Levels.ofTest(test, Optional.of(Level.UI))).isEqualTo(Level.UI);
    }

    @Test
    void filesOfReportsAreFoundInTheRepository() {
        var sources =
                new SourcePaths(
                        List.of(
                                "a/src/main/java/p/Calc.java",
                                "b/src/main/java/p/Calc.java",
                                "src/cart.js",
                                "lib/cart.js"));
        assertThat(sources.find("src/cart.js", "lcov.info")).hasValue("src/cart.js");
        assertThat(sources.find("/home/ci/shop/lib/cart.js", "lcov.info")).hasValue("lib/cart.js");
        assertThat(sources.find("p/Calc.java", "b/target/site/jacoco/jacoco.xml"))
                .hasValue("b/src/main/java/p/Calc.java");
        assertThat(sources.find("/usr/lib/other/cart.js", "lcov.info")).isEmpty();
        assertThat(sources.find("", "lcov.info")).isEmpty();
    }
}
