package dev.rondo.joblogs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobLogsTest {
    @TempDir private Path data = Path.of("");

    /** Each step has so many lines. */
    private LogFile written(int step, String... lines) {
        LogFile file = new JobLogs(data).of("run", "job");
        try (var writer = new LogWriter(file, () -> {})) {
            for (int i = 0; i < lines.length; i++) {
                writer.line(i / step, lines[i]);
            }
        }
        return file;
    }

    @Test
    void anyLineIsFoundByItsNumber() {
        String[] lines = new String[1_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "line " + i;
        }
        LogFile file = written(2, lines);
        assertThat(file.count()).isEqualTo(1_000);
        assertThat(file.read(700, 2))
                .extracting(LogFile.Line::number, LogFile.Line::step, LogFile.Line::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(700L, 350, "line 700"),
                        org.assertj.core.groups.Tuple.tuple(701L, 350, "line 701"));
        assertThat(file.read(1_000, 5)).isEmpty();
    }

    @Test
    void logThatHasNotBegunIsEmpty() {
        LogFile file = new JobLogs(data).of("run", "job");
        assertThat(file.exists()).isFalse();
        assertThat(file.read(0, 10)).isEmpty();
        assertThat(file.count()).isZero();
        assertThat(LogScan.groups(file)).isEmpty();
    }

    @Test
    void groupsAndWordsAreFound() {
        LogFile file =
                written(
                        5,
                        "##[group]Set up",
                        "Ready",
                        "##[endgroup]",
                        "##[group]Build",
                        "\u001b[31mREADY");
        assertThat(LogScan.groups(file)).containsExactly(new long[] {0, 2}, new long[] {3, -1});
        assertThat(LogScan.matches(file, "ready").lines()).containsExactly(1L, 4L);
        assertThat(LogScan.matches(file, " ").lines()).isEmpty();
    }

    @Test
    void aGroupEndsWhereAnotherStepSpeaks() {
        LogFile file = written(2, "##[group]Build", "one", "two", "##[group]Test");
        assertThat(LogScan.groups(file)).containsExactly(new long[] {0, 1}, new long[] {3, -1});
    }

    @Test
    void whoLooksIsToldAndTheLastLineIsNeverMissed() {
        var told = new AtomicInteger();
        LogFile file = new JobLogs(data).of("run", "job");
        try (var writer = new LogWriter(file, told::incrementAndGet)) {
            for (int i = 0; i < 10_000; i++) {
                writer.line(0, "line");
            }
            assertThat(told).hasValueLessThan(1_000);
            int before = told.get();
            writer.line(0, "last");
            Awaitility.await().until(() -> told.get() > before);
        }
    }

    @Test
    void logsOfARunAreCountedAndGoTogether() {
        written(1, "one");
        var logs = new JobLogs(data);
        assertThat(logs.runs()).containsExactly("run");
        assertThat(logs.bytes("run")).isPositive();
        logs.delete("run");
        assertThat(logs.runs()).isEmpty();
        assertThat(logs.bytes("run")).isZero();
    }
}
