package dev.rondo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineCutterTest {

    @Test
    void everyKindOfLineEndEndsOneLineWhereverTheBytesAreCut() {
        String text = "one\ntwo\r\nthree\rfour\n\nsix\r\r\n";
        for (int size = 1; size <= text.length(); size++) {
            assertThat(cut(text, size))
                    .as("in pieces of %d", size)
                    .containsExactly("one", "two", "three", "four", "", "six", "");
        }
    }

    @Test
    void whatHasNoEndIsPassedOnAtTheEnd() {
        assertThat(cut("one\ntw", 3)).containsExactly("one", "tw");
    }

    @Test
    void aLineThatIsTooLongIsCut() {
        assertThat(cut("x".repeat(Limits.LOG_LINE_BYTES * 2), 1024)).hasSize(2);
    }

    @Test
    void anEndThatComesInPiecesBehindALongLineStaysWhole() {
        String end = "\u001ea1b2c3 ended 0\n";
        String text = "y".repeat(Limits.LOG_LINE_BYTES + 3) + end;
        for (int behind = 1; behind < end.length(); behind++) {
            int first = text.length() - behind;
            var lines = new ArrayList<String>();
            var cutter = new LineCutter(lines::add);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            cutter.accept(bytes, 0, first);
            cutter.accept(bytes, first, behind);
            assertThat(lines.getLast())
                    .as("%d bytes come later", behind)
                    .endsWith("\u001ea1b2c3 ended 0");
            assertThat(String.join("", lines)).hasSize(text.length() - 1);
        }
    }

    @Test
    void aCharacterIsNeverCut() {
        String text = "é€😀".repeat(Limits.LOG_LINE_BYTES / 3);
        for (int size : new int[] {1, 7, 1000, 1021}) {
            assertThat(String.join("", cut(text, size))).isEqualTo(text);
        }
    }

    private static List<String> cut(String text, int size) {
        var lines = new ArrayList<String>();
        var cutter = new LineCutter(lines::add);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            cutter.accept(bytes, at, Math.min(size, bytes.length - at));
        }
        cutter.end();
        return lines;
    }
}
