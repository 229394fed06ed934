package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Outcome;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Rerun;
import dev.rondo.joblogs.JobLogs;
import dev.rondo.joblogs.LogFile;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.records.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cancel, repeat, crash, and jobs that mean harm. */
final class TroubleTest {
    private Yard yard = new Yard().start();

    @AfterEach
    void close() {
        yard.close();
    }

    private Orders orders() {
        return yard.phase().orders();
    }

    private void awaitLog(long number, String job, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        yard.maybeRun(number)
                                .map(run -> yard.log(run, job).contains("\n" + text))
                                .orElse(false));
    }

    @Test
    void cancelEndsTheStepAndStillCleansUp() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    steps:
                      - run: |
                          echo began
                          sleep 120
                      - run: echo not this
                      - if: always()
                        run: echo cleaned up
                  b:
                    needs: a
                    runs-on: x
                    steps: [{run: echo no}]
                """);
        awaitLog(1, "a", "began");
        assertThat(orders().cancel(yard.run(1), "olga")).isInstanceOf(Outcome.Done.class);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("cancelled");
        assertThat(yard.log(run, "a")).contains("\ncleaned up").doesNotContain("\nnot this");
        assertThat(yard.job(run, "b").outcome()).isEqualTo("cancelled");
    }

    @Test
    void onlyWhatFailedRunsAgainWithTheOutputsOfTheRest() {
        yard.workflow(
                """
                on: push
                jobs:
                  good:
                    runs-on: x
                    outputs: {word: "${{ steps.a.outputs.word }}"}
                    steps:
                      - id: a
                        run: echo "word=kept" >> "$GITHUB_OUTPUT"
                  flaky:
                    needs: good
                    runs-on: x
                    steps:
                      - run: echo "${{ needs.good.outputs.word }} at ${{ github.run_attempt }}"
                      - run: test "$GITHUB_RUN_ATTEMPT" = 2
                """);
        Run first = yard.finished(1);
        assertThat(first.progress().outcome()).isEqualTo("failure");
        assertThat(orders().rerun(first, Rerun.FAILED, "olga")).isInstanceOf(Outcome.Done.class);
        Run second = yard.finished(1);
        assertThat(second.progress().outcome()).as(yard.log(second, "flaky")).isEqualTo("success");
        assertThat(yard.log(second, "flaky")).contains("kept at 2");
        assertThat(yard.log(second, "good")).isEmpty();
    }

    @Test
    void crashedJobIsMarkedAndRunsAgainOnce() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    steps:
                      - run: |
                          echo began
                          test -n "$(ls -A %1$s 2>/dev/null)" || true
                          sleep 2
                          echo done
                """
                        .formatted("/nowhere"));
        awaitLog(1, "a", "began");
        yard.kill();
        yard = new Yard(yard.data, List.of());
        yard.start();
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("success");
        assertThat(yard.job(run, "a").tries()).isEqualTo(2);
        assertThat(yard.events().stream().map(Event::fact))
                .filteredOn(Fact.TaskRunFinished.class::isInstance)
                .extracting(fact -> ((Fact.TaskRunFinished) fact).outcome())
                .containsExactly("interrupted", "success");
    }

    @Test
    void pushBeforeTheCrashIsPlannedAfterIt() {
        yard.kill();
        yard = new Yard(yard.data, List.of());
        yard.workflow("on: push\njobs: {a: {runs-on: x, steps: [{run: 'true'}]}}\n");
        yard.start();
        assertThat(yard.finished(1).progress().outcome()).isEqualTo("success");
    }

    @Test
    void forkBombIsKilledAndSaysWhy() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    steps:
                      - run: |
                          bomb() { bomb | bomb & }
                          bomb
                          sleep 60
                """);
        Run run = yard.finished(1);
        assertThat(yard.job(run, "a").outcome()).isEqualTo("failure");
        assertThat(yard.job(run, "a").message()).containsIgnoringCase("process");
    }

    @Test
    void jobThatFillsTheDiskIsStoppedAndSaysWhy() {
        yard.close();
        yard = new Yard(dev.rondo.sandbox.Limits.ofJob().withDisk(30 << 20)).start();
        yard.workflow(
                """
                on: push
                jobs:
                  filler:
                    runs-on: x
                    steps:
                      - run: |
                          for i in $(seq 60); do
                            head -c 5M /dev/zero > "fill$i" || exit 1
                            sleep 0.1
                          done
                          sleep 60
                  neighbour:
                    needs: filler
                    if: always()
                    runs-on: x
                    steps: [{run: echo unharmed}]
                """);
        Run run = yard.finished(1);
        assertThat(yard.job(run, "filler").outcome()).isEqualTo("failure");
        assertThat(yard.job(run, "filler").message()).contains("30 MiB");
        assertThat(yard.log(run, "filler")).contains("30 MiB");
        assertThat(yard.log(run, "neighbour")).contains("\nunharmed");
    }

    @Test
    void hugeLogIsCutAndSaysSo() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    steps:
                      - run: head -c 90000000 /dev/zero | tr '\\0' 'x' | fold -w 1000
                """);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("success");
        var file = new JobLogs(yard.spine.data()).of(run.id(), "a");
        assertThat(file.file().toFile().length()).isLessThan(70L << 20);
        List<LogFile.Line> end = file.read(60_000, 100_000);
        assertThat(end.getFirst().number()).isEqualTo(60_000);
        assertThat(end.getLast().text()).contains("The log is cut here: it is larger than 64 MiB");
    }

    @Test
    void pushReachesItsFirstLogLineQuickly() {
        String text = "on: push\njobs: {a: {runs-on: x, steps: [{run: echo first}]}}\n";
        yard.workflow(text);
        yard.finished(1);
        long best = Long.MAX_VALUE;
        for (int i = 2; i < 7; i++) {
            Event push = yard.push("main", Map.of("n", String.valueOf(i)));
            Run run = yard.finished(i);
            long first =
                    new JobLogs(yard.spine.data())
                            .of(run.id(), "a").read(0, 100).stream()
                                    .filter(line -> line.text().equals("first"))
                                    .findFirst()
                                    .orElseThrow()
                                    .micros();
            best = Math.min(best, first / 1000 - push.at().toEpochMilli());
        }
        System.out.println("push to first line of output, best of 5: " + best + " ms");
        assertThat(best).isLessThan(2_000);
    }
}
