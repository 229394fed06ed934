package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.actions.WorkflowTree.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Called workflows and the typed keys of jobs. */
final class CallsTest {
    private static final String CALLED =
            "on: workflow_call\njobs:\n  b:\n    runs-on: x\n    steps: [{run: x}]\n";

    private static Reading read(String text, Map<String, String> files) {
        return WorkflowTree.read(
                ".github/workflows/ci.yml",
                text,
                reference -> Optional.ofNullable(files.get(reference)),
                Limits.GITHUB,
                Permissions.Policy.LIMITED_READ);
    }

    private static String uses(String on, String reference) {
        return "on: " + on + "\njobs:\n  a:\n    uses: " + reference + "\n";
    }

    private static String fault(Reading reading) {
        return reading instanceof Reading.Invalid invalid ? invalid.text() : "valid";
    }

    @Test
    void localPathOfACalledRepositoryIsOneOfThatRepository() {
        Reading reading =
                read(
                        uses("push", "acme/lib/.github/workflows/one.yml@v1"),
                        Map.of(
                                "acme/lib/.github/workflows/one.yml@v1",
                                uses("workflow_call", "./.github/workflows/two.yml"),
                                "acme/lib/.github/workflows/two.yml@v1",
                                CALLED));
        WorkflowTree tree = ((Reading.Valid) reading).tree();
        assertThat(tree.calls().get("a").tree().calls().get("a").reference())
                .isEqualTo("acme/lib/.github/workflows/two.yml@v1");
        assertThat(tree.jobs()).isEqualTo(3);
    }

    @Test
    void cycleOfCallsIsRefused() {
        String one = ".github/workflows/one.yml";
        assertThat(
                        fault(
                                read(
                                        uses("push", "./" + one),
                                        Map.of(one, uses("workflow_call", "./" + one)))))
                .isEqualTo(
                        one
                                + ":4:11: The workflow calls itself: .github/workflows/ci.yml → "
                                + one
                                + " → "
                                + one);
        assertThat(fault(read(uses("push", "./.github/workflows/ci.yml"), Map.of())))
                .contains("The workflow calls itself");
    }

    @Test
    void callsNestNineDeep() {
        assertThat(read(uses("push", "./w1.yml"), chain(9))).isInstanceOf(Reading.Valid.class);
        assertThat(fault(read(uses("push", "./w1.yml"), chain(10))))
                .contains("w9.yml:4:11: Nested reusable workflow depth exceeded 9.");
    }

    private static Map<String, String> chain(int length) {
        var files = new HashMap<String, String>();
        for (int i = 1; i < length; i++) {
            files.put("w" + i + ".yml", uses("workflow_call", "./w" + (i + 1) + ".yml"));
        }
        files.put("w" + length + ".yml", CALLED);
        return files;
    }

    @Test
    void missingFileWrongReferenceAndNoWorkflowCallAreTold() {
        assertThat(fault(read(uses("push", "./a.yml"), Map.of())))
                .contains("ci.yml:4:11: Error calling workflow 'a.yml': workflow was not found.");
        for (String wrong :
                List.of(
                        "a.yml",
                        "./../a.yml",
                        "./x/../../a.yml",
                        "o/n/a.yml",
                        "o/a.yml@v1",
                        "./a.txt")) {
            assertThat(fault(read(uses("push", wrong), Map.of())))
                    .as(wrong)
                    .contains("Invalid workflow file reference '" + wrong + "'");
        }
        assertThat(
                        fault(
                                read(
                                        uses("push", "./a.yml"),
                                        Map.of("a.yml", CALLED.replace("workflow_call", "push")))))
                .contains("a.yml:1:5: workflow_call key is not defined");
    }

    @Test
    void fiftyCalledFilesAreAllowedAndNotOneMore() {
        var text = new StringBuilder("on: push\njobs:\n");
        var files = new HashMap<String, String>();
        for (int i = 0; i < 51; i++) {
            text.append("  j%d:\n    uses: ./f%d.yml\n".formatted(i, i));
            files.put("f" + i + ".yml", CALLED);
        }
        assertThat(fault(read(text.toString(), files)))
                .contains("The maximum file count of 51 has been exceeded");
    }

    @Test
    void keysOfJobsAreTyped() {
        String text =
                """
                on: push
                permissions: read-all
                concurrency: {group: 'ci-${{ github.ref }}', cancel-in-progress: true}
                defaults: {run: {shell: bash}}
                jobs:
                  a:
                    runs-on: {group: big, labels: [Linux, X64]}
                    environment: {name: prod, url: 'https://x'}
                    container: {image: 'docker://alpine', env: {A: 1}, ports: [80], options: --cpus 1}
                    services: {db: {image: postgres, credentials: {username: u, password: p}}}
                    strategy: {fail-fast: false, max-parallel: 2, matrix: {v: [1, 2]}}
                    permissions: {contents: write}
                    defaults: {run: {working-directory: src}}
                    steps: [{run: x}]
                """;
        Workflow workflow =
                ((WorkflowReading.Valid) WorkflowReading.read("ci.yml", text)).workflow();
        Workflow.Job job = workflow.jobs().getFirst();
        Scope scope = Scope.of(Map.of("github", Value.texts(Map.of("ref", "main"))));
        assertThat(workflow.concurrency().orElseThrow().group(scope)).isEqualTo("ci-main");
        assertThat(workflow.concurrency().orElseThrow().cancelsInProgress(scope)).isTrue();
        assertThat(job.environment().orElseThrow().name(scope)).isEqualTo("prod");
        assertThat(job.permissions().orElseThrow().mayWrite("contents")).isTrue();
        assertThat(job.permissions().orElseThrow().mayRead("issues")).isFalse();
        assertThat(workflow.permissions().orElseThrow().mayRead("attestations")).isTrue();
        assertThat(job.defaults().or(workflow.defaults()).shell()).isPresent();
        assertThat(job.strategy().combinations("a", scope)).hasSize(2);
        assertThat(job.strategy().failsFast(scope)).isFalse();
        assertThat(job.strategy().mostAtOnce(scope)).contains(2);
        RunsOn runsOn = RunsOn.of(job.runsOn().orElseThrow().value(scope));
        assertThat(runsOn.group()).contains("big");
        assertThat(runsOn.fits(List.of("linux", "x64", "self-hosted"))).isTrue();
        assertThat(runsOn.fits(List.of("linux"))).isFalse();
        Container container =
                Container.of(job.container().orElseThrow().value(scope)).orElseThrow();
        assertThat(container.image()).isEqualTo("alpine");
        assertThat(container.env()).containsEntry("A", "1");
        assertThat(container.ports()).containsExactly("80");
        Container db =
                Container.of(job.services().get("db").orElseThrow().value(scope)).orElseThrow();
        assertThat(db.start().credentials().orElseThrow()).hasToString("Credentials[u]");
    }

    @Test
    void millionEntryMatrixMeetsGithubsLimit() {
        String many = "[" + "0,".repeat(999) + "0]";
        Value matrix = Value.json("{\"a\": " + many + ", \"b\": " + many + "}");
        assertThatThrownBy(() -> Matrix.combinations("build", matrix))
                .hasMessage("Strategy expansion exceeded 256 results for job 'build'");
    }
}
