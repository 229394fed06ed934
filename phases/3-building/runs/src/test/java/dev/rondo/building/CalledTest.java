package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Projects;
import dev.rondo.kits.ground.Ground;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workflows that jobs call. */
final class CalledTest {
    private static final String CI = ".github/workflows/ci.yml";
    private static final String LIB = ".github/workflows/lib.yml";
    private Yard yard = new Yard().start();

    @AfterEach
    void close() {
        yard.close();
    }

    private Map<String, String> outcomes(Run run) {
        return yard.jobs(run).stream().collect(Collectors.toMap(RunJob::name, RunJob::standing));
    }

    @Test
    void callGivesInputsAndSecretsAndTakesOutputs() {
        assertThat(
                        yard.phase()
                                .shop()
                                .settings()
                                .secrets()
                                .put(Yard.PROJECT, "ONE", "first-secret", "olga"))
                .isEmpty();
        assertThat(
                        yard.phase()
                                .shop()
                                .settings()
                                .secrets()
                                .put(Yard.PROJECT, "TWO", "other-secret", "olga"))
                .isEmpty();
        assertThat(
                        yard.phase()
                                .shop()
                                .settings()
                                .variables()
                                .put(Yard.PROJECT, "", "COLOUR", "green", "olga"))
                .isEmpty();
        yard.push(
                "main",
                Map.of(
                        CI,
                        """
                        name: Caller
                        on: push
                        env: {OUTER: outer}
                        jobs:
                          before:
                            runs-on: x
                            outputs: {n: "${{ steps.a.outputs.n }}"}
                            steps:
                              - id: a
                                run: echo n=7 >> "$GITHUB_OUTPUT"
                          lib:
                            needs: before
                            uses: ./.github/workflows/lib.yml
                            with: {count: "${{ fromJSON(needs.before.outputs.n) }}", who: "${{ github.actor }}"}
                            secrets: {token: "${{ secrets.ONE }}"}
                          after:
                            needs: lib
                            runs-on: x
                            steps:
                              - run: echo "lib says ${{ needs.lib.outputs.said }}, ${{ needs.lib.result }}"
                        """,
                        LIB,
                        """
                        name: Library
                        on:
                          workflow_call:
                            inputs:
                              count: {type: number, required: true}
                              who: {type: string}
                              loud: {type: boolean, default: true}
                            secrets:
                              token: {required: true}
                            outputs:
                              said: {value: "${{ jobs.work.outputs.word }} of ${{ jobs.work.result }}"}
                        env: {INNER: inner}
                        jobs:
                          work:
                            name: Work ${{ inputs.count }}
                            runs-on: x
                            outputs: {word: "${{ steps.b.outputs.word }}"}
                            steps:
                              - id: b
                                env: {T: "${{ secrets.token }}", U: "${{ secrets.TWO }}"}
                                run: |
                                  test "$T" = first-secret && echo "passed and${U:-}nothing else"
                                  echo "[$OUTER] [$INNER] ${{ inputs.who }} ${{ inputs.loud == true }} ${{ vars.COLOUR }}"
                                  echo "$GITHUB_WORKFLOW ${{ github.workflow_ref }} ${{ github.event_name }}"
                                  echo "word=w${{ inputs.count }}" >> "$GITHUB_OUTPUT"
                        """));
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).as(run.progress().message()).isEqualTo("success");
        assertThat(outcomes(run))
                .containsOnlyKeys("before", "lib / Work 7", "after")
                .containsEntry("lib / Work 7", "success");
        assertThat(yard.log(run, "lib.work"))
                .contains("passed andnothing else")
                .contains("[] [inner] olga true green")
                .contains("Caller rondo/shop/" + CI + "@refs/heads/main push");
        assertThat(yard.log(run, "after")).contains("lib says w7 of success, success");
    }

    @Test
    void secretsAreInheritedAndMatricesAreCalledAndNested() {
        assertThat(
                        yard.phase()
                                .shop()
                                .settings()
                                .secrets()
                                .put(Yard.PROJECT, "ONE", "first-secret", "olga"))
                .isEmpty();
        yard.push(
                "main",
                Map.of(
                        CI,
                        """
                        on: push
                        jobs:
                          lib:
                            strategy: {fail-fast: false, matrix: {n: [1, 2]}}
                            uses: ./.github/workflows/lib.yml
                            with: {n: "${{ matrix.n }}"}
                            secrets: inherit
                          never:
                            if: false
                            uses: ./.github/workflows/lib.yml
                            with: {n: 3}
                          after:
                            needs: [lib]
                            if: always()
                            runs-on: x
                            steps: [{run: "echo lib was ${{ needs.lib.result }}"}]
                        """,
                        LIB,
                        """
                        on: {workflow_call: {inputs: {n: {type: number}}}}
                        jobs:
                          deep:
                            uses: ./.github/workflows/deep.yml
                            secrets: inherit
                          bad:
                            if: inputs.n == 2
                            runs-on: x
                            steps: [{run: exit 1}]
                          late:
                            needs: bad
                            runs-on: x
                            steps: [{run: echo late}]
                        """,
                        ".github/workflows/deep.yml",
                        """
                        on: workflow_call
                        jobs:
                          down:
                            runs-on: x
                            steps: [{run: 'test "${{ secrets.ONE }}" = first-secret'}]
                        """));
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("failure");
        assertThat(run.progress().message()).startsWith("lib (2) / bad");
        assertThat(outcomes(run))
                .containsEntry("lib (1) / deep / down", "success")
                .containsEntry("lib (2) / deep / down", "success")
                .containsEntry("lib (1) / bad", "skipped")
                .containsEntry("lib (2) / bad", "failure")
                .containsEntry("lib (2) / late", "skipped")
                .containsEntry("never", "skipped");
        assertThat(yard.log(run, "after")).contains("lib was failure");
    }

    @Test
    void workflowsOfOtherProjectsAreReadAtTheirRefAndOnlyWhereThatIsAllowed() {
        project("tools", "on: workflow_call\njobs: {t: {runs-on: x, steps: [{run: echo tool}]}}\n");
        String text =
                "on: push\njobs: {a: {uses: rondo/tools/.github/workflows/lib.yml@main}, b:"
                        + " {needs: a, runs-on: x, steps: [{run: 'true'}]}}\n";
        yard.workflow(text);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).as(run.progress().message()).isEqualTo("success");
        assertThat(yard.log(run, "a.t")).contains("\ntool");
        yard.workflow(text.replace("tools", "nothing"));
        Run missing = yard.finished(2);
        assertThat(missing.progress().outcome()).isEqualTo("invalid");
        assertThat(missing.progress().message())
                .contains(CI + ":2")
                .contains("workflow was not found");
    }

    /** A repository of its own with one workflow that others may call. */
    private void project(String name, String workflow) {
        yard.spine
                .store()
                .update(tx ->
                        yard.spine
                                .access()
                                .projects()
                                .create(
                                        tx,
                                        yard.owner,
                                        new Projects.NewProject(name, name, "", "main")));
        yard.spine.repositories().create(name, "main");
        Path work = Yard.temporary();
        Ground.git(work, "init", "-q", "-b", "main");
        try {
            Files.createDirectories(work.resolve(".github/workflows"));
            Files.writeString(work.resolve(LIB), workflow);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Ground.git(work, "add", "-A");
        Ground.git(
                work, "-c", "user.name=O", "-c", "user.email=o@example.org", "commit", "-qm", "x");
        Ground.git(
                work,
                "push",
                "-q",
                yard.spine.repositories().find(name).orElseThrow().folder().toString(),
                "HEAD:refs/heads/main");
    }

    @Test
    void circleOfCallsIsAMistakeWithItsPlace() {
        yard.push(
                "main",
                Map.of(
                        CI,
                        "on: [push, workflow_call]\njobs: {a: {uses: ./.github/workflows/ci.yml}}\n"));
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("invalid");
        assertThat(run.progress().message()).contains("calls itself").contains(CI + ":2:");
    }

    @Test
    void matrixOfMoreThanNineKeepsItsOrder() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    strategy: {matrix: {n: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}}
                    steps: [{run: 'test ${{ strategy.job-index }} = $((${{ matrix.n }} - 1))'}]
                  a-1:
                    runs-on: x
                    steps: [{run: echo alone}]
                """);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).as(run.progress().message()).isEqualTo("success");
        List<String> names = yard.jobs(run).stream().map(RunJob::name).toList();
        assertThat(names).hasSize(12).startsWith("a (1)", "a (2)", "a (3)").endsWith("a-1");
        assertThat(yard.log(run, "a-1")).contains("alone");
    }

    @Test
    void runThatIsCutOffWithinACalledWorkflowGoesOnThere() throws Exception {
        yard.push(
                "main",
                Map.of(
                        CI,
                        """
                        on: push
                        jobs:
                          lib:
                            uses: ./.github/workflows/lib.yml
                            with: {word: kept}
                          after:
                            needs: lib
                            runs-on: x
                            steps: [{run: "echo after ${{ needs.lib.outputs.first }}"}]
                        """,
                        LIB,
                        """
                        on:
                          workflow_call:
                            inputs: {word: {type: string}}
                            outputs: {first: {value: "${{ jobs.one.outputs.v }}"}}
                        jobs:
                          one:
                            runs-on: x
                            outputs: {v: "${{ steps.s.outputs.v }}"}
                            steps: [{id: s, run: 'echo "v=${{ inputs.word }}" >> "$GITHUB_OUTPUT"'}]
                          two:
                            needs: one
                            runs-on: x
                            steps: [{run: "echo two began; sleep 2; echo ${{ inputs.word }}"}]
                        """));
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(30))
                .until(() ->
                        yard.maybeRun(1)
                                .map(run -> yard.log(run, "lib.two").contains("\ntwo began"))
                                .orElse(false));
        yard.kill();
        yard = new Yard(yard.data, List.of());
        yard.start();
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).as(run.progress().message()).isEqualTo("success");
        assertThat(yard.job(run, "lib.one").tries()).isEqualTo(1);
        assertThat(yard.job(run, "lib.two").tries()).isEqualTo(2);
        assertThat(yard.log(run, "lib.two")).contains("\nkept");
        assertThat(yard.log(run, "after")).contains("after kept");
    }
}
