package dev.rondo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.web.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir Path folder;

    private record Ran(int code, String out, String err) {}

    @BeforeEach
    void write() throws IOException {
        put(
                "a/TEST-one.xml",
                "<testsuite name='one' time='1.5'><testcase classname='p.One' name='good'/>"
                        + "<testcase classname='p.One' name='bad' time='0.5'>"
                        + "<failure message='no&#27;[31m&#10;more'/></testcase>"
                        + "<testcase classname='p.One' name='down'><error/></testcase>"
                        + "<testcase classname='p.One' name='later'><skipped/></testcase>"
                        + "</testsuite>");
        put("a/b/lcov.info", "TN:\nSF:x.js\nDA:1,1\nDA:2,0\nDA:3,1\nend_of_record\n");
        put(
                "a/eslint.json",
                "[{\"filePath\":\"x.js\",\"messages\":[{\"ruleId\":\"semi\",\"severity\":2,"
                        + "\"message\":\"m\",\"line\":1,\"column\":2}]}]");
        put("a/pom.xml", "<project/>");
        put("a/node_modules/TEST-no.xml", "<testsuite><testcase/></testsuite>");
        put("good.xml", "<testsuite name='s'><testcase name='a'/></testsuite>");
        put("broken.xml", "<testsuite>\n<testcase>");
    }

    private void put(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }

    private Ran run(Locale locale, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var stdin = "<testsuite name='in'><testcase name='a'/></testsuite>";
        int code =
                new ReportFiles(
                                folder,
                                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                locale)
                        .run(List.of(arguments));
        return new Ran(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void folderIsSearchedForReportsAndNothingElse() {
        var ran = run(Locale.ENGLISH, "a");
        assertThat(ran.code()).isEqualTo(ReportFiles.TESTS_FAILED);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines())
                .startsWith(
                        "files    3",
                        "suites   1",
                        "tests    4",
                        "passed   1",
                        "failed   1",
                        "errors   1",
                        "skipped  1",
                        "seconds  1.500",
                        "coverage 66.6 % (2 of 3 lines in one file)",
                        "findings: 1 error, no warnings, no notes",
                        "  x.js:1:2: error m (ESLint semi)",
                        "FAILED  p.One › bad (0.500 s)",
                        "        no\uFFFD[31m",
                        "ERROR   p.One › down (0.000 s)");
    }

    @Test
    void jsonHasTheSameAndEachFailedTest() {
        var ran = run(Locale.ENGLISH, "--json", "a/TEST-one.xml", "a/b/*.info");
        var json = Json.MAPPER.readTree(ran.out());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(json.get("files").asInt()).isEqualTo(2);
        assertThat(json.get("suites").asInt()).isEqualTo(1);
        assertThat(json.get("tests").asInt()).isEqualTo(4);
        assertThat(json.get("passed").asInt()).isEqualTo(1);
        assertThat(json.get("failed").asInt()).isEqualTo(1);
        assertThat(json.get("errors").asInt()).isEqualTo(1);
        assertThat(json.get("skipped").asInt()).isEqualTo(1);
        assertThat(json.get("seconds").asDouble()).isEqualTo(1.5);
        assertThat(json.get("failedTests")).hasSize(2);
        assertThat(json.get("failedTests").get(0).get("name").asString()).isEqualTo("bad");
        assertThat(json.get("coverage").get("percent").asDouble()).isEqualTo(66.6);
        assertThat(json.get("problems")).isEmpty();
    }

    @Test
    void fileThatIsBrokenIsToldWithItsPlaceAndTheOthersAreStillRead() {
        var ran = run(Locale.ENGLISH, "good.xml", "broken.xml", "nothing.xml", "*.json");
        assertThat(ran.code()).isEqualTo(ReportFiles.UNREADABLE);
        assertThat(ran.out()).contains("files    1", "tests    1");
        assertThat(ran.err().lines())
                .containsExactly(
                        "broken.xml:2:11: the file ends inside <testcase>; it may be cut off",
                        "nothing.xml: there is no such file, folder or glob",
                        "*.json: no report found here");
    }

    @Test
    void everythingGoodEndsWithZero() {
        assertThat(run(Locale.ENGLISH, "good.xml").code()).isEqualTo(ReportFiles.GOOD);
        assertThat(run(Locale.ENGLISH, "-").out()).contains("tests    1");
        assertThat(run(Locale.ENGLISH, "--", "good.xml").code()).isZero();
    }

    @Test
    void germanIsSpokenWhereItIsAskedFor() {
        assertThat(run(Locale.GERMANY, "a").out())
                .contains("fehlgeschlagen  1", "Sekunden        1,500", "Abdeckung 66,6 %");
        assertThat(run(Locale.GERMANY, "broken.xml").err()).contains("die Datei endet in");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        assertThat(run(Locale.ENGLISH).code()).isEqualTo(2);
        assertThat(run(Locale.ENGLISH).err()).startsWith("Usage: rondo report [--json] FILE…");
        assertThat(run(Locale.ENGLISH, "--yaml", "a").err()).contains("there is no option --yaml");
        assertThat(run(Locale.ENGLISH, "--help").code()).isZero();
    }
}
