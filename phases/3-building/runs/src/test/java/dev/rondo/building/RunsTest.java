package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.settings.SecretStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real pushes, a real sandbox, real logs. */
final class RunsTest {
    private Yard yard = new Yard(Yard.temporary(), List.of("reports/*.xml")).start();

    @AfterEach
    void close() {
        yard.close();
    }

    @Test
    void pushRunsItsWorkflowAndSaysEverythingWithCauses() {
        Event push =
                yard.workflow(
                        """
                        name: CI
                        on: push
                        jobs:
                          build:
                            runs-on: ubuntu-latest
                            outputs:
                              answer: ${{ steps.think.outputs.answer }}
                            steps:
                              - uses: actions/checkout@v4
                              - id: think
                                run: |
                                  test -f .github/workflows/ci.yml
                                  git log --oneline
                                  echo "answer=42" >> "$GITHUB_OUTPUT"
                                  echo "GREETING=hello" >> "$GITHUB_ENV"
                                  mkdir -p bin reports dist/js && printf '#!/bin/sh\\necho tool' > bin/tool && chmod +x bin/tool
                                  echo "$PWD/bin" >> "$GITHUB_PATH"
                                  echo '<testsuite/>' > reports/a.xml
                                  echo 'js' > dist/js/app.js
                                  echo '# Done' >> "$GITHUB_STEP_SUMMARY"
                              - run: |
                                  echo "$GREETING, $(tool) of $GITHUB_REPOSITORY"
                              - uses: actions/upload-artifact@v4
                                with:
                                  name: bundle
                                  path: dist
                          after:
                            needs: build
                            runs-on: ubuntu-latest
                            steps:
                              - run: echo "answer is ${{ needs.build.outputs.answer }}"
                        """);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).as(yard.log(run, "build")).isEqualTo("success");
        assertThat(yard.log(run, "build")).contains("hello, tool of rondo/shop");
        assertThat(yard.log(run, "after")).contains("answer is 42");
        assertThat(yard.steps(run, "build"))
                .anySatisfy(step -> assertThat(step.summary()).contains("# Done"));
        List<Event> events = yard.events();
        assertThat(events.stream().map(Event::kind))
                .containsSubsequence(
                        "change.pushed",
                        "pipelinerun.queued",
                        "pipelinerun.started",
                        "taskrun.started",
                        "artifact.packaged",
                        "taskrun.finished",
                        "pipelinerun.finished");
        Event queued = of(events, Fact.PipelineRunQueued.class);
        assertThat(queued.causes()).containsExactly(push.seq());
        var finished = (Fact.TaskRunFinished) of(events, Fact.TaskRunFinished.class).fact();
        assertThat(finished.reports())
                .singleElement()
                .satisfies(file -> assertThat(file.path()).isEqualTo("reports/a.xml"));
        var packaged = (Fact.ArtifactPackaged) of(events, Fact.ArtifactPackaged.class).fact();
        assertThat(names(packaged.digest())).containsExactly("js/app.js");
    }

    private static Event of(List<Event> events, Class<? extends Fact> type) {
        return events.stream().filter(e -> type.isInstance(e.fact())).findFirst().orElseThrow();
    }

    private List<String> names(String digest) {
        var names = new java.util.ArrayList<String>();
        try (var zip = new ZipInputStream(yard.spine.blobs().open(digest).orElseThrow())) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return names;
    }

    @Test
    void invalidWorkflowIsARunThatSaysWhere() {
        yard.workflow("on: push\njobs:\n  a:\n    steps:\n      - run: x\n");
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("invalid");
        assertThat(run.progress().message())
                .startsWith(".github/workflows/ci.yml:4:5: Required property is missing: runs-on");
        assertThat(yard.events().getLast().fact()).isInstanceOf(Fact.PipelineRunFinished.class);
    }

    @Test
    void failureSkipsWhatFollowsExceptWhatAsksForIt() {
        yard.workflow(
                """
                on: push
                jobs:
                  bad:
                    runs-on: x
                    steps:
                      - run: exit 3
                      - run: echo never
                      - if: always()
                        run: echo cleanup of ${{ job.status }}
                      - if: failure()
                        run: echo sorry
                  after:
                    needs: bad
                    runs-on: x
                    steps: [{run: echo after}]
                  anyway:
                    needs: bad
                    if: ${{ !cancelled() }}
                    runs-on: x
                    steps: [{run: "echo saw ${{ needs.bad.result }}"}]
                  allowed:
                    runs-on: x
                    continue-on-error: true
                    steps: [{run: exit 1}]
                """);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("failure");
        assertThat(run.progress().message()).contains("exit code 3");
        assertThat(yard.log(run, "bad"))
                .contains("cleanup of failure")
                .contains("sorry")
                .contains("##[error]Process completed with exit code 3.")
                .doesNotContain("\nnever");
        assertThat(yard.job(run, "after").outcome()).isEqualTo("skipped");
        assertThat(yard.log(run, "anyway")).contains("saw failure");
        assertThat(yard.job(run, "allowed").allowed()).isTrue();
    }

    @Test
    void matrixRunsEachCombination() {
        yard.workflow(
                """
                on: push
                jobs:
                  plan:
                    runs-on: x
                    outputs: {list: "${{ steps.a.outputs.list }}"}
                    steps:
                      - id: a
                        run: echo 'list=[1, 2, 3]' >> "$GITHUB_OUTPUT"
                  each:
                    needs: plan
                    runs-on: x
                    strategy:
                      matrix:
                        n: ${{ fromJSON(needs.plan.outputs.list) }}
                        exclude: [{n: 2}]
                    steps:
                      - run: echo number ${{ matrix.n }} of ${{ strategy.job-total }}
                """);
        Run run = yard.finished(1);
        assertThat(yard.jobs(run).stream().map(RunJob::name))
                .containsExactly("plan", "each (1)", "each (3)");
        assertThat(yard.log(run, "each-2")).contains("number 3 of 2");
    }

    @Test
    void secretsAreMaskedBeforeTheyAreWritten() {
        assertThat(yard.spine).isNotNull();
        SecretStore secrets = yard.phase().shop().settings().secrets();
        assertThat(secrets.put(Yard.PROJECT, "npm_token", "hunter2secret", "olga")).isEmpty();
        assertThat(secrets.put(Yard.PROJECT, "GITHUB_X", "hunter2secret", "olga")).isPresent();
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    outputs: {leak: "${{ steps.s.outputs.leak }}"}
                    steps:
                      - id: s
                        env: {TOKEN: "${{ secrets.NPM_TOKEN }}"}
                        run: |
                          echo "token=$TOKEN"
                          echo "::add-mask::other-word"
                          echo "an other-word here"
                          echo "leak=$TOKEN" >> "$GITHUB_OUTPUT"
                          echo "$TOKEN" >> "$GITHUB_STEP_SUMMARY"
                """);
        Run run = yard.finished(1);
        assertThat(yard.log(run, "a"))
                .contains("token=***")
                .contains("an *** here")
                .contains("Skip output 'leak'")
                .doesNotContain("hunter2secret");
        assertThat(yard.job(run, "a").outputs()).doesNotContain("hunter2secret");
        assertThat(yard.steps(run, "a").toString()).doesNotContain("hunter2secret");
    }

    @Test
    void artifactsReachNothingThatTheJobCannotSee() throws IOException {
        var secret = Files.writeString(yard.data.resolve("server.txt"), "of the server");
        yard.workflow(
                """
                on: push
                jobs:
                  dots:
                    runs-on: x
                    steps:
                      - uses: actions/upload-artifact@v4
                        with: {path: ../../secret.key}
                  link:
                    runs-on: x
                    steps:
                      - run: mkdir dist && ln -s %s dist/host && ln -sf /etc/os-release "$GITHUB_STEP_SUMMARY" && echo ok > dist/a
                      - uses: actions/upload-artifact@v4
                        with: {path: dist, name: linked}
                """
                        .formatted(secret));
        Run run = yard.finished(1);
        assertThat(yard.job(run, "dots").message())
                .contains("../../secret.key")
                .contains("Relative pathing '.' and '..' is not allowed");
        var packaged =
                (Fact.ArtifactPackaged) of(yard.events(), Fact.ArtifactPackaged.class).fact();
        assertThat(names(packaged.digest())).containsExactly("a");
        assertThat(yard.steps(run, "link"))
                .allSatisfy(step -> assertThat(step.summary()).isEmpty());
    }

    @Test
    void jobSeesNothingOfTheServer() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    steps:
                      - run: |
                          ls %s || echo hidden
                          env
                """
                        .formatted(yard.data.resolve("secret.key")));
        assertThat(yard.spine.sandbox().mode()).isEqualTo(Sandbox.Mode.BUBBLEWRAP);
        Run run = yard.finished(1);
        assertThat(yard.log(run, "a")).contains("\nhidden\n").doesNotContain("SURE" + "FIRE");
    }

    @Test
    void stepThatTakesTooLongIsEnded() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    steps:
                      - name: slow
                        timeout-minutes: 0.01
                        run: sleep 60
                      - if: always()
                        run: echo still here
                """);
        Run run = yard.finished(1);
        assertThat(yard.job(run, "a").message()).contains("has timed out");
        assertThat(yard.log(run, "a")).contains("\nstill here\n");
    }

    @Test
    void backgroundProcessLivesOnToTheNextStep() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    steps:
                      - run: |
                          (sleep 0.3; echo from behind > /tmp/mark) &
                      - run: |
                          for i in $(seq 100); do test -f /tmp/mark && break; sleep 0.05; done
                          cat /tmp/mark
                """);
        assertThat(yard.log(yard.finished(1), "a")).contains("\nfrom behind\n");
    }

    @Test
    void branchFilterKeepsAPushFromRunning() {
        yard.push(
                "topic",
                Map.of(
                        ".github/workflows/ci.yml",
                        "on: {push: {branches: [main]}}\njobs: {a: {runs-on: x, steps: [{run: 'true'}]}}\n",
                        ".github/workflows/all.yaml",
                        "on: push\njobs: {a: {runs-on: x, steps: [{run: 'true'}]}}\n"));
        Run run = yard.finished(1);
        assertThat(run.file()).isEqualTo(".github/workflows/all.yaml");
        assertThat(yard.maybeRun(2)).isEmpty();
    }
}
