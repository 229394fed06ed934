package dev.rondo.testing.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files written to hurt. Each ends quickly, in little memory, with a message and its place. */
@Timeout(20)
class HostileReportsTest {

    @Test
    void billionLaughsAreRefusedAtTheDoctype() {
        var problem =
                refused(
                        """
                        <?xml version="1.0"?>
                        <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>
                        <testsuite name="&lol2;"/>\
                        """);
        assertThat(problem.key()).isEqualTo("testing.report.xml.doctype");
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).isEqualTo(1);
    }

    @Test
    void externalEntityIsRefusedAndNothingIsOpened() {
        var problem =
                refused(
                        "<!DOCTYPE t [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + "<testsuite name='s'><testcase name='&x;'/></testsuite>");
        assertThat(problem.key()).isEqualTo("testing.report.xml.doctype");
    }

    @Test
    void externalDtdIsNamedButNeverOpened() {
        var report =
                Gathered.of(
                        "<!DOCTYPE report PUBLIC '-//JACOCO//DTD Report 1.1//EN'"
                                + " 'http://127.0.0.1:1/report.dtd'><report name='r'/>");
        assertThat(report.files).isEmpty();
    }

    @Test
    void unknownEntityIsRefusedAtItsPlace() {
        var problem = refused("<testsuite name='s'>\n<testcase name='a &nbsp; b'/></testsuite>");
        assertThat(problem.key()).isEqualTo("testing.report.xml.entity");
        assertThat(problem.line()).isEqualTo(2);
    }

    @Test
    void tenMillionNestedTagsAreRefusedAtTheDepthLimit() {
        var tags = repeat("<testsuite>", 10_000_000);
        var problem = refused(tags);
        assertThat(problem.key()).isEqualTo("testing.report.depth");
        assertThat(problem.arguments()).containsExactly(100);
        assertThat(problem.column()).isEqualTo(100 * "<testsuite>".length() + 1);
    }

    @Test
    void hugeAttributeIsRefusedWithoutBeingKept() {
        var file = sequence(bytes("<testsuite name='"), repeat("x", 100_000_000), bytes("'/>"));
        var problem = refused(file);
        assertThat(problem.key()).isEqualTo("testing.report.xml.long");
    }

    @Test
    void longAttributeOfAnHonestToolIsShortened() {
        var report = Gathered.of("<testsuite name='" + "x".repeat(1_000_000) + "'/>");
        assertThat(report.suites.getFirst().name()).hasSize(Limits.KEPT_CHARS);
    }

    @Test
    void hundredMegabytesOfOutputPassThroughInLittleMemory() {
        var file =
                sequence(
                        bytes("<testsuite name='s'><system-out><![CDATA["),
                        repeat("]] log line > ", 7_000_000),
                        bytes("]]></system-out><testcase name='a'/></testsuite>"));
        long before = used();
        var report = Gathered.of(file);
        assertThat(report.tests).hasSize(1);
        assertThat(used() - before).isLessThan(64L << 20);
    }

    @Test
    void fileThatIsTooBigIsRefused() {
        var limits = Limits.STANDARD.withBytes(1 << 20);
        var endless = sequence(bytes("<testsuite>"), repeat("<a/>", 1_000_000));
        var problem =
                catchThrowableOfType(
                                Unreadable.class,
                                () -> new ReportReader(limits).read(endless, new Gathered()))
                        .problem();
        assertThat(problem.key()).isEqualTo("testing.report.bytes");
    }

    @Test
    void fileThatTakesTooLongIsRefused() {
        var limits = Limits.STANDARD.withTime(Duration.ZERO);
        var problem =
                catchThrowableOfType(
                                Unreadable.class,
                                () ->
                                        new ReportReader(limits)
                                                .read(bytes("<testsuite/>"), new Gathered()))
                        .problem();
        assertThat(problem.key()).isEqualTo("testing.report.time");
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        var problem = refused(sequence(bytes("{\"x\":"), repeat("[", 10_000_000)));
        assertThat(problem.key()).isEqualTo("testing.report.json.limit");
    }

    @Test
    void lcovLineWithoutEndIsRefused() {
        var problem = refused(sequence(bytes("TN:\nSF:"), repeat("a", 10_000_000)));
        assertThat(problem.key()).isEqualTo("testing.report.lcov.long");
    }

    @Test
    void lineNumberBeyondAllFilesIsRefused() {
        var problem = refused("TN:\nSF:a\nDA:999999999,1\nend_of_record\n");
        assertThat(problem.key()).isEqualTo("testing.report.line");
        assertThat(problem.line()).isEqualTo(3);
    }

    @Test
    void colourCodesAndZeroBytesInAMessageBecomeMarks() {
        var report =
                Gathered.of(
                        "<testsuite name='s'><testcase name='a'><failure message='\u001b[31mred'>"
                                + "&#27;[0m\u0000</failure></testcase></testsuite>");
        assertThat(report.tests.getFirst().message()).isEqualTo("\uFFFD[31mred");
        assertThat(report.tests.getFirst().stack()).isEqualTo("\uFFFD[0m\uFFFD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<testsuite name='s'><testcase name='a'>|testing.report.xml.open",
                "<testsuite name='s'></testsuites>|testing.report.xml.end",
                "<testsuite name='s'/><testsuite/>|testing.report.xml.roots",
                "<testsuite name='s'/>text|testing.report.xml.outside",
                "<testsuite name=s/>|testing.report.xml.quote",
                "<testsuite name='s'|testing.report.xml.cut",
                "<testsuite name='a<b'/>|testing.report.xml.less",
                "<testsuite a='1'b='2'/>|testing.report.xml.tag",
                "<testcase/>|testing.report.root",
                "<testsuites><testcase/></testsuites>|testing.report.junit.place",
                "<html><body/></html>|testing.report.root",
                "<coverage line-rate='1'><class/></coverage>|testing.report.attribute",
                "hello world|testing.report.unknown",
                "''|testing.report.empty",
                "{\"name\":\"package\"}|testing.report.unknown",
                "{\"version\":\"2.0.0\",\"runs\":[]}|testing.report.sarif.version",
                "[{\"messages\":[]}]|testing.report.eslint.file",
                "[1]|testing.report.json.object",
                "[{\"filePath\":\"a\"|testing.report.json.syntax",
                "[] []|testing.report.json.after",
            })
    void brokenFilesAreRefusedWithTheReason(String text, String key) {
        assertThat(refused(text).key()).isEqualTo(key);
    }

    @Test
    void lcovThatBreaksOffIsRefused() {
        assertThat(refused("TN:\nSF:a.js\nDA:1,1\n").key()).isEqualTo("testing.report.lcov.end");
        assertThat(refused("TN:\nDA:1,1\n").key()).isEqualTo("testing.report.line.place");
        assertThat(refused("TN:\nSF:a.js\nnonsense\n").line()).isEqualTo(3);
    }

    private static Problem refused(String text) {
        return refused(bytes(text));
    }

    private static Problem refused(InputStream in) {
        return catchThrowableOfType(Unreadable.class, () -> Gathered.of(in)).problem();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream sequence(InputStream... parts) {
        return new SequenceInputStream(Collections.enumeration(List.of(parts)));
    }

    /** The text many times over, made while it is read. */
    private static InputStream repeat(String text, int times) {
        int chunk = 10_000;
        var bytes = text.repeat(chunk).getBytes(StandardCharsets.UTF_8);
        Stream<InputStream> chunks =
                IntStream.range(0, times / chunk).mapToObj(i -> new ByteArrayInputStream(bytes));
        var iterator = chunks.iterator();
        return new SequenceInputStream(
                new java.util.Enumeration<>() {
                    @Override
                    public boolean hasMoreElements() {
                        return iterator.hasNext();
                    }

                    @Override
                    public InputStream nextElement() {
                        return iterator.next();
                    }
                });
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
