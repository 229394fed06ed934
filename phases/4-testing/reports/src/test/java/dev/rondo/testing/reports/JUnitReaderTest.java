package dev.rondo.testing.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JUnitReaderTest {

    @Test
    void nestedSuitesCountTheirOwnTestsAndTheirTimeOnce() {
        var report =
                Gathered.of(
                        """
                        <testsuites><testsuite name="outer" time="5">
                          <testsuite name="inner" time="2"><testcase name="a" time="1"/></testsuite>
                          <testcase name="b" time="1"/>
                        </testsuite></testsuites>\
                        """);
        assertThat(report.suites)
                .extracting(SuiteResult::name, SuiteResult::tests, SuiteResult::nested)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("inner", 1, true),
                        org.assertj.core.groups.Tuple.tuple("outer", 1, false));
        assertThat(report.suites.get(1).micros()).isEqualTo(5_000_000);
    }

    @Test
    void suiteWithoutATimeTakesThatOfWhatIsInIt() {
        var report =
                Gathered.of(
                        "<testsuite name='s'><testsuite name='i'><testcase name='a' time='1.5'/>"
                                + "</testsuite><testcase name='b' time='0.25'/></testsuite>");
        assertThat(report.suites.getLast().micros()).isEqualTo(1_750_000);
    }

    @Test
    void suiteWithErrorsButWithoutATestIsAnError() {
        var report =
                Gathered.of(
                        "<testsuites><testsuite name='does not compile' errors='1' tests='0'/>"
                                + "</testsuites>");
        assertThat(report.count(Outcome.ERROR)).isEqualTo(1);
        assertThat(report.tests.getFirst().name()).isEqualTo("does not compile");
    }

    @Test
    void faultBesideTheTestsCountsAsATestOfItsOwn() {
        var report =
                Gathered.of(
                        "<testsuite name='s'><testcase name='a'/>"
                                + "<error message='no port'>trace</error></testsuite>");
        assertThat(report.tests).hasSize(2);
        assertThat(report.test("s").message()).isEqualTo("no port");
    }

    @Test
    void attributesThatCountWrongAreNotBelieved() {
        var report =
                Gathered.of(
                        "<testsuite name='s' tests='70' failures='0'><testcase name='a'>"
                                + "<failure/></testcase></testsuite>");
        assertThat(report.tests).hasSize(1);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
    }

    @Test
    void failureAndErrorInOneTestAreOneError() {
        var report =
                Gathered.of(
                        "<testsuite name='s'><testcase name='a'><failure message='wrong'/>"
                                + "<error message='down'/></testcase></testsuite>");
        assertThat(report.count(Outcome.ERROR)).isEqualTo(1);
        assertThat(report.tests.getFirst().message()).isEqualTo("wrong");
    }

    @Test
    void googletestMarksWhatWasNotRunByAnAttribute() {
        var report =
                Gathered.of(
                        "<testsuite name='s'><testcase name='a' status='notrun'/>"
                                + "<testcase name='b' status='run' result='completed'/>"
                                + "</testsuite>");
        assertThat(report.count(Outcome.SKIPPED)).isEqualTo(1);
        assertThat(report.count(Outcome.PASSED)).isEqualTo(1);
    }

    @Test
    void failedRerunsDoNotMakeAFailureFlaky() {
        var report =
                Gathered.of(
                        "<testsuite name='s'><testcase name='a'><failure message='m'>t</failure>"
                                + "<rerunFailure/><rerunFailure/></testcase></testsuite>");
        assertThat(report.tests.getFirst().flaky()).isFalse();
        assertThat(report.tests.getFirst().attempts()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.5|500000",
                "1,234.5|1234500000",
                "1,234,567.25|1234567250000",
                "0,012|12000",
                "7|7000000",
                ".25|250000",
                "1.5E-3|1500",
                "1e3|1000000000"
            })
    void timesAreReadAsToolsWriteThem(String written, long micros) {
        assertThat(JUnitReader.micros(written)).hasValue(micros);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "-1", "fast", "''", "1e99", "999999999999999"})
    void timesThatAreNoneAreLeftOut(String written) {
        assertThat(JUnitReader.micros(written)).isEmpty();
    }
}
