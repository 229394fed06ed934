package dev.rondo.kits.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.jobs.Executor;
import dev.rondo.jobs.JobEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every executor does alike; each inherits these tests. */
public abstract class ExecutorContract {

    /** Where jobs have their folders. */
    protected abstract Path data();

    protected abstract Executor executor();

    /** Lines in front of {@code steps} that choose the place. */
    protected abstract String place();

    protected final Trial trial(String steps) {
        return new Trial(data(), executor(), place() + "steps:\n" + steps.indent(2));
    }

    private JobEnd end(Trial trial, String result) {
        JobEnd end = trial.run();
        assertThat(end.outcome()).as(String.join("\n", trial.lines())).isEqualTo(result);
        return end;
    }

    @Test
    protected void outputOfBothStreamsComesInOrder() {
        Trial trial =
                trial(
                        """
                        - run: |
                            i=0
                            while [ $i -lt 50 ]; do
                              echo "out $i"; echo "err $i" >&2; i=$((i + 1))
                            done
                        """);
        end(trial, "success");
        var expected = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            expected.addAll(List.of("out " + i, "err " + i));
        }
        assertThat(trial.lines().stream().filter(line -> line.matches("(out|err) \\d+")))
                .containsExactlyElementsOf(expected);
    }

    @Test
    protected void anExitCodeFailsTheStepAndIsNamed() {
        Trial trial =
                trial("- run: exit 7\n- run: echo never\n- run: echo cleanup\n  if: always()");
        JobEnd end = end(trial, "failure");
        assertThat(end.message()).contains("exit code 7");
        assertThat(trial.lines()).contains("cleanup").doesNotContain("never");
    }

    @Test
    protected void variablesOutputsAndPathsGoOnToTheNextStep() {
        Trial trial =
                trial(
                        """
                        - id: one
                          run: |
                            echo "A=first" >> "$GITHUB_ENV"
                            echo "b=second" >> "$GITHUB_OUTPUT"
                            mkdir -p "$RUNNER_TEMP/bin"
                            printf '#!/bin/sh\\necho third\\n' > "$RUNNER_TEMP/bin/tool"
                            chmod +x "$RUNNER_TEMP/bin/tool"
                            echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
                        - run: |
                            echo "$A ${{ steps.one.outputs.b }} $(tool)"
                            echo "$OWN"
                          env: {OWN: "with 'quotes' and $signs"}
                        """);
        end(trial, "success");
        assertThat(trial.lines()).contains("first second third", "with 'quotes' and $signs");
    }

    @Test
    protected void filesOfTheWorkspaceStayFromStepToStep() {
        Trial trial =
                trial(
                        """
                        - run: echo kept > file
                        - run: cat "$GITHUB_WORKSPACE/file"
                        - run: pwd; echo "${HOME:?}" > "$HOME/home" && cat "$HOME/home"
                        """);
        end(trial, "success");
        assertThat(trial.lines()).contains("kept");
    }

    @Test
    protected void secretsAreHidden() {
        Trial trial = trial("- run: echo \"say ${{ secrets.WORD }}\"");
        end(trial, "success");
        assertThat(trial.lines()).contains("say ***").noneMatch(line -> line.contains("sesame"));
    }

    @Test
    protected void aStepOutOfTimeIsEndedAndTheNextStillRuns() {
        Trial trial =
                trial(
                        """
                        - run: sleep 60
                          timeout-minutes: 0.01
                        - run: echo after
                          if: always()
                        """);
        long start = System.nanoTime();
        JobEnd end = end(trial, "failure");
        assertThat(end.message()).contains("timed out after 0.01 minutes");
        assertThat(trial.lines()).contains("after");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    protected void aCancelledStepHearsTheInterruptAndMayCleanUp() {
        Trial trial =
                trial(
                        """
                        - run: |
                            trap 'echo heard; exit 1' INT TERM
                            echo started
                            while :; do sleep 0.1; done
                        - run: echo cleanup
                          if: always()
                        - run: echo never
                        """);
        CompletableFuture<JobEnd> running =
                CompletableFuture.supplyAsync(trial::run, Thread::startVirtualThread);
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> trial.lines().contains("started"));
        trial.cancel();
        JobEnd end = running.orTimeout(40, TimeUnit.SECONDS).join();
        assertThat(end.outcome()).isEqualTo("cancelled");
        assertThat(trial.lines()).contains("heard", "cleanup").doesNotContain("never");
    }

    @Test
    protected void aStepThatIgnoresSignalsIsKilled() {
        Trial trial =
                trial(
                        """
                        - run: |
                            trap '' INT TERM
                            echo started
                            while :; do sleep 0.1; done
                        """);
        CompletableFuture<JobEnd> running =
                CompletableFuture.supplyAsync(trial::run, Thread::startVirtualThread);
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> trial.lines().contains("started"));
        trial.cancel();
        assertThat(running.orTimeout(40, TimeUnit.SECONDS).join().outcome()).isEqualTo("cancelled");
    }

    @Test
    protected void aStepThatClosesItsStreamsEndsWithItsCode() {
        Trial trial = trial("- run: exec >&- 2>&- <&-; exit 3");
        assertThat(end(trial, "failure").message()).contains("exit code 3");
    }

    @Test
    protected void whatAStepStartsInTheBackgroundLivesOnAndEndsWithTheJob() {
        Trial trial =
                trial(
                        """
                        - run: |
                            (while :; do echo tick >> "$RUNNER_TEMP/ticks"; sleep 0.1; done) >/dev/null 2>&1 &
                            echo begun
                        - run: |
                            n=0
                            while [ "$n" -lt 100 ] && [ "$(wc -l < "$RUNNER_TEMP/ticks")" -lt 3 ]; do
                              n=$((n + 1)); sleep 0.1
                            done
                            [ "$(wc -l < "$RUNNER_TEMP/ticks")" -ge 3 ] && echo alive
                        """);
        end(trial, "success");
        assertThat(trial.lines()).contains("begun", "alive");
    }

    @Test
    protected void aStepThatKillsItsShellFailsAndTheNextStillRuns() {
        Trial trial = trial("- run: kill -9 $$\n- run: echo after\n  if: always()");
        assertThat(end(trial, "failure").message()).contains("exit code 137");
        assertThat(trial.lines()).contains("after");
    }

    @Test
    protected void muchOutputComesWhole() {
        Trial trial =
                trial(
                        """
                        - run: |
                            i=0
                            while [ $i -lt 20000 ]; do echo "line $i of many"; i=$((i + 1)); done
                        """);
        end(trial, "success");
        assertThat(trial.lines().stream().filter(line -> line.endsWith(" of many")))
                .hasSize(20_000);
    }

    @Test
    protected void anOutputWithoutEndOfLineIsPassedOn() {
        Trial trial = trial("- run: printf unfinished\n- run: printf '\\377\\376 odd\\n'");
        end(trial, "success");
        assertThat(trial.lines()).contains("unfinished").anyMatch(line -> line.endsWith(" odd"));
    }
}
