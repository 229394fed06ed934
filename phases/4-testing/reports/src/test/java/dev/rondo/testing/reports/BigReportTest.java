package dev.rondo.testing.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BigReportTest {

    @Test
    void timeGrowsInStepWithTheNumberOfTests() {
        var small = report(25_000);
        var big = report(100_000);
        read(small);
        read(big);
        long smallNanos = best(small);
        long bigNanos = best(big);
        assertThat(bigNanos).isLessThan(4 * smallNanos * 3);
    }

    private static long best(byte[] report) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            read(report);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    private static void read(byte[] report) {
        var counter = new Counter();
        new ReportReader(Limits.STANDARD).read(new ByteArrayInputStream(report), counter);
        assertThat(counter.tests).isPositive();
    }

    private static byte[] report(int tests) {
        var text = new StringBuilder("<testsuites>\n<testsuite name='big'>\n");
        for (int i = 0; i < tests; i++) {
            text.append("<testcase classname='p.Big' name='test ")
                    .append(i)
                    .append("' time='0.1'>");
            if (i % 50 == 0) {
                text.append("<failure message='no'><![CDATA[").append("at p.Big\n".repeat(20));
                text.append("]]></failure>");
            }
            text.append("</testcase>\n");
        }
        text.append("</testsuite></testsuites>");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static final class Counter implements ReportSink {
        private int tests;

        @Override
        public void test(TestResult test) {
            tests++;
        }

        @Override
        public void suite(SuiteResult suite) {}

        @Override
        public void coverage(FileCoverage coverage) {}

        @Override
        public void finding(Finding finding) {}
    }
}
