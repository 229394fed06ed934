package dev.rondo.testing.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingReadersTest {

    @Test
    void sarifLevelComesFromTheResultThenTheRuleThenIsWarning() {
        var report =
                Gathered.of(
                        """
                        {"$schema":"x","version":"2.1.0","runs":[{
                          "results":[
                            {"ruleId":"A","level":"note","message":{"text":"one"}},
                            {"ruleIndex":1,"message":{"text":"two"},
                             "locations":[{"physicalLocation":{
                               "artifactLocation":{"uri":"file:///home/ci/a%20b.c"},
                               "region":{"startLine":7,"startColumn":3}}}]},
                            {"ruleId":"C","message":{"text":"three"}},
                            {"ruleId":"D","level":"none","message":{"text":"four"}},
                            {"ruleId":"A","kind":"pass","message":{"text":"five"}},
                            {"ruleId":"A","message":{"text":"six"},
                             "suppressions":[{"kind":"inSource"}]},
                            {"ruleId":"A","message":{"text":"seven"},
                             "suppressions":[{"kind":"external","status":"rejected"}]}],
                          "tool":{"driver":{"name":"scan","rules":[
                            {"id":"A","defaultConfiguration":{"level":"note"}},
                            {"id":"B","defaultConfiguration":{"level":"error"}}]}}}]}\
                        """);
        assertThat(report.findings)
                .containsExactly(
                        new Finding("scan", "A", Severity.NOTE, "one", "", 0, 0),
                        new Finding("scan", "B", Severity.ERROR, "two", "/home/ci/a b.c", 7, 3),
                        new Finding("scan", "C", Severity.WARNING, "three", "", 0, 0),
                        new Finding("scan", "A", Severity.NOTE, "seven", "", 0, 0));
    }

    @Test
    void eslintFindingWithoutARuleIsAParsingError() {
        var report =
                Gathered.of(
                        "[{\"filePath\":\"C:\\\\a.js\",\"messages\":[{\"ruleId\":null,"
                                + "\"fatal\":true,\"severity\":2,\"message\":\"Parsing error\","
                                + "\"line\":1,\"column\":2}]}]");
        assertThat(report.findings)
                .containsExactly(
                        new Finding(
                                "ESLint", "", Severity.ERROR, "Parsing error", "C:/a.js", 1, 2));
    }

    @Test
    void cleanReportIsAReportWithoutFindings() {
        assertThat(Gathered.of("[]").findings).isEmpty();
        assertThat(Gathered.of("{\"version\":\"2.1.0\",\"runs\":[]}").findings).isEmpty();
    }

    @Test
    void linesAreWrittenAndReadAsRuns() {
        var lines = Lines.of(1, 2, 3, 8, 10, 11);
        assertThat(lines).hasToString("1-3,8,10-11");
        assertThat(Lines.parse("1-3,8,10-11")).isEqualTo(lines);
        assertThat(lines.count()).isEqualTo(6);
        assertThat(lines.contains(9)).isFalse();
        assertThat(lines.union(Lines.of(9))).hasToString("1-3,8-11");
        assertThat(lines.intersection(Lines.of(3, 4, 8))).hasToString("3,8");
        assertThat(lines.without(Lines.of(2))).hasToString("1,3,8,10-11");
        assertThat(Lines.parse("")).isEqualTo(Lines.NONE);
    }
}
