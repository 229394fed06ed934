package dev.rondo.testing.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/**
 * Reports that real tools wrote: Surefire 3.5.6 with JUnit 6 and reruns, JaCoCo 0.8.14, Jest 30
 * with jest-junit 17, ESLint 10, mocha 10 with mocha-junit-reporter, pytest 9, coverage.py 7.
 */
class RealReportsTest {

    @Test
    void surefireWithRerunsTellsFailuresErrorsAndFlakyTests() {
        var report = Gathered.real("surefire-calc.xml");
        assertThat(report.suites).hasSize(1);
        assertThat(report.tests).hasSize(5);
        assertThat(report.count(Outcome.PASSED)).isEqualTo(2);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
        assertThat(report.count(Outcome.ERROR)).isEqualTo(1);
        assertThat(report.count(Outcome.SKIPPED)).isEqualTo(1);
        assertThat(report.test("flaky").flaky()).isTrue();
        assertThat(report.test("flaky").attempts()).isEqualTo(2);
        assertThat(report.test("flaky").message()).isEqualTo("first time");
        assertThat(report.test("fails").message())
                .isEqualTo("sum <of> two & more ==> expected: <4> but was: <3>");
        assertThat(report.test("fails").stack()).contains("at p.CalcTest.fails(CalcTest.java:7)");
        assertThat(report.test("fails").attempts()).isEqualTo(2);
        assertThat(report.test("adds").micros()).isEqualTo(432_000);
    }

    @Test
    void surefireSetUpThatBreaksIsAnErrorNamedAfterTheClass() {
        var report = Gathered.real("surefire-setup.xml");
        assertThat(report.tests).hasSize(1);
        assertThat(report.tests.getFirst().outcome()).isEqualTo(Outcome.ERROR);
        assertThat(report.tests.getFirst().name()).isEqualTo("p.BrokenSetupTest");
    }

    @Test
    void jestTakesItsMessageFromTheFirstLineOfTheText() {
        var report = Gathered.real("jest-junit.xml");
        assertThat(report.tests).hasSize(4);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
        assertThat(report.count(Outcome.SKIPPED)).isEqualTo(1);
        assertThat(report.test("sub fails with <markup> & colours").message())
                .isEqualTo("Error: expect(received).toBe(expected) // Object.is equality");
        assertThat(report.suites.getFirst().micros()).isEqualTo(2_619_000);
    }

    @Test
    void mochaLeavesEmptySuitesAroundTheOneWithTests() {
        var report = Gathered.real("mocha-junit.xml");
        assertThat(report.suites).extracting(SuiteResult::name).contains("Root Suite", "inner");
        assertThat(report.tests).hasSize(2);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
        assertThat(report.test("outer inner ok").file()).isEqualTo("/home/ci/js/m.test.js");
    }

    @Test
    void pytestTellsSetUpAndTearDownAsErrorsAndExpectedFailuresAsSkipped() {
        var report = Gathered.real("pytest.xml");
        assertThat(report.tests).hasSize(8);
        assertThat(report.count(Outcome.ERROR)).isEqualTo(2);
        assertThat(report.count(Outcome.SKIPPED)).isEqualTo(2);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
        assertThat(report.test("test_bad").message()).contains("assert 1 == 2");
    }

    @Test
    void jacocoNamesFilesByTheirPackageDespiteItsDoctype() {
        var report = Gathered.real("jacoco.xml");
        assertThat(report.files).hasSize(1);
        assertThat(report.files.getFirst().path()).isEqualTo("p/Calc.java");
        assertThat(report.files.getFirst().covered()).isEqualTo(Lines.of(4));
        assertThat(report.files.getFirst().lines()).isEqualTo(Lines.of(2, 4, 7, 8, 10));
    }

    @Test
    void lcovAndCoberturaOfOneRunAgree() {
        var lcov = Gathered.real("istanbul-lcov.info").files.getFirst();
        var cobertura = Gathered.real("istanbul-cobertura.xml").files.getFirst();
        assertThat(lcov.path()).isEqualTo("src/c.js");
        assertThat(cobertura.path()).endsWith("c.js");
        assertThat(cobertura.lines()).isEqualTo(lcov.lines());
        assertThat(cobertura.covered()).isEqualTo(lcov.covered());
        assertThat(lcov.lines().count()).isEqualTo(3);
        assertThat(lcov.covered().count()).isEqualTo(2);
    }

    @Test
    void coveragePyIsReadAsCobertura() {
        var files = Gathered.real("coverage-py.xml").files;
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().covered().count()).isEqualTo(17);
    }

    @Test
    void eslintTellsTheSameInItsJsonAndInSarif() {
        var json = Gathered.real("eslint.json").findings;
        var sarif = Gathered.real("eslint.sarif").findings;
        assertThat(json).hasSize(2);
        assertThat(sarif).isEqualTo(json);
        assertThat(json.getFirst())
                .isEqualTo(
                        new Finding(
                                "ESLint",
                                "no-unused-vars",
                                Severity.ERROR,
                                "'unused' is assigned a value but never used.",
                                "/home/ci/js/src/a.js",
                                8,
                                5));
    }

    @Test
    void cloverIsToldByNameBecauseJestWritesItUnasked() {
        assertThatThrownBy(() -> Gathered.real("istanbul-clover.xml"))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        e -> assertThat(e.problem().key()).isEqualTo("testing.report.clover"));
    }
}
