package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** What scripts read from the verbs that need no server. */
final class VerbsTest {

    @TempDir Path temp;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void batchAnswersEachLineByOneLineAndGoesOnBehindMistakes() throws IOException {
        var questions =
                """
                {"expr": "github.ref", "contexts": {"github": {"ref": "refs/heads/main"}}}
                {"expr": "1 ==", "contexts": {}}

                {"expr": "nosuch.thing"}
                {"expr": "'open"}
                {"expr": "fromJSON('{')"}
                {"expr": "fromJSON('[1, {\\"a\\": null}]')"}
                no json
                {"contexts": {}}
                {"expr": "NaN"}
                """;
        ExpressionVerb.answerAll(new BufferedReader(new StringReader(questions)), out);
        assertThat(lines()).hasSize(9);
        assertThat(lines().get(0)).isEqualTo("{\"kind\":\"String\",\"value\":\"refs/heads/main\"}");
        assertThat(lines().get(1)).startsWith("{\"error\":\"parsing\",\"message\":\"");
        assertThat(lines().get(2)).contains("Unrecognized named-value: 'nosuch'");
        assertThat(lines().get(3)).startsWith("{\"error\":\"lexing\"");
        assertThat(lines().get(4)).startsWith("{\"error\":\"evaluation\"");
        assertThat(lines().get(5)).isEqualTo("{\"kind\":\"Array\",\"value\":[1,{\"a\":null}]}");
        assertThat(lines().get(6)).contains("the line is no JSON");
        assertThat(lines().get(7)).contains("no string \\\"expr\\\"");
        assertThat(lines().get(8)).isEqualTo("{\"kind\":\"Number\",\"value\":\"NaN\"}");
    }

    @Test
    void expressionsMayComeWithTheirBraces() {
        assertThat(ExpressionVerb.answer("${{ 1 + 1 }}", JsonNodeFactory.instance.objectNode()))
                .startsWith("{\"error\":");
        assertThat(ExpressionVerb.answer("${{ 2 > 1 }}", JsonNodeFactory.instance.objectNode()))
                .isEqualTo("{\"kind\":\"Boolean\",\"value\":true}");
    }

    @Test
    void checkTellsJobsOfValidFilesAndPlacesOfMistakes() throws IOException {
        Files.writeString(
                temp.resolve("good.yml"),
                """
                on: push
                jobs:
                  a:
                    runs-on: ubuntu-latest
                    steps: [{run: echo hi}, {run: echo ho}]
                  b:
                    needs: a
                    runs-on: ubuntu-latest
                    steps: [{run: "true"}]
                """);
        Files.writeString(
                temp.resolve("bad.yml"), "on: push\njobs:\n  a:\n    runs-on: x\n    stepz: []\n");
        assertThat(new WorkflowVerb(temp, out, true).check(List.of("good.yml"))).isTrue();
        assertThat(new WorkflowVerb(temp, out, true).check(List.of("bad.yml"))).isFalse();
        assertThat(lines().get(0))
                .isEqualTo(
                        "{\"file\":\"good.yml\",\"valid\":true,\"errors\":[],\"jobs\":["
                                + "{\"id\":\"a\",\"needs\":[],\"steps\":2},"
                                + "{\"id\":\"b\",\"needs\":[\"a\"],\"steps\":1}]}");
        assertThat(lines().get(1))
                .startsWith("{\"file\":\"bad.yml\",\"valid\":false,\"errors\":[{\"line\":")
                .contains("Unexpected value 'stepz'")
                .endsWith("\"jobs\":[]}");
    }

    @Test
    void checkOfFoldersAndOfFilesThatAreNoneSaysWhat() throws IOException {
        Files.createDirectories(temp.resolve("flows"));
        Files.writeString(temp.resolve("flows/one.yaml"), "on: push\n");
        Files.write(temp.resolve("flows/two.yml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.writeString(temp.resolve("flows/readme.md"), "no workflow");
        assertThat(new WorkflowVerb(temp, out, false).check(List.of("flows", "none.yml")))
                .isFalse();
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).startsWith("flows/one.yaml:1:1: Required property is missing");
        assertThat(lines().get(1)).isEqualTo("flows/two.yml:1:1: The file is not UTF-8 text");
        assertThat(lines().get(2)).isEqualTo("none.yml:1:1: There is no such file");
    }

    private void put(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void checkFollowsWhatAWorkflowUsesOfItsRepository() throws IOException {
        Files.createDirectories(temp.resolve(".git"));
        put(
                ".github/workflows/ci.yml",
                """
                on: push
                jobs:
                  a:
                    uses: ./.github/workflows/build.yml
                    with: {sise: 3}
                  far: {uses: other/project/.github/workflows/x.yml@v1}
                """);
        put(
                ".github/workflows/build.yml",
                """
                on: {workflow_call: {inputs: {size: {type: number}}}}
                jobs:
                  b: {runs-on: x, steps: [{uses: ./tools/pack}, {uses: ./made/later}]}
                """);
        put("tools/pack/action.yml", "name: pack\nruns: {using: composite, stepz: []}\n");
        assertThat(new WorkflowVerb(temp, out, false).check(List.of(".github/workflows/ci.yml")))
                .isFalse();
        assertThat(lines().getFirst())
                .startsWith(".github/workflows/ci.yml:5:18: Invalid input, sise is not defined");
        put(
                ".github/workflows/ci.yml",
                "on: push\njobs: {a: {uses: ./.github/workflows/build.yml}}\n");
        assertThat(new WorkflowVerb(temp, out, true).check(List.of(".github/workflows/ci.yml")))
                .isFalse();
        assertThat(lines().getLast())
                .startsWith(
                        "{\"file\":\".github/workflows/ci.yml\",\"valid\":false,\"errors\":["
                                + "{\"file\":\"tools/pack/action.yml\",\"line\":2,");
        put(
                "tools/pack/action.yml",
                "name: pack\nruns: {using: composite, steps: [{uses: ./tools/pack}]}\n");
        var inside = temp.resolve(".github");
        assertThat(new WorkflowVerb(inside, out, false).check(List.of("workflows/ci.yml")))
                .isFalse();
        assertThat(lines().getLast())
                .isEqualTo(
                        "../tools/pack/action.yml:2:41: The action uses itself: tools/pack →"
                                + " tools/pack");
        put(
                "tools/pack/action.yml",
                "name: pack\nruns: {using: composite, steps: [{run: ls, shell: bash}]}\n");
        assertThat(new WorkflowVerb(temp, out, false).check(List.of(".github/workflows"))).isTrue();
    }

    @Test
    void calledWorkflowThatIsNotThereOrCallsBackIsAMistakeOfTheCaller() throws IOException {
        Files.createDirectories(temp.resolve(".git"));
        put(
                ".github/workflows/ci.yml",
                "on: push\njobs:\n  a:\n    uses: ./.github/workflows/none.yml\n");
        assertThat(new WorkflowVerb(temp, out, false).check(List.of(".github/workflows")))
                .isFalse();
        assertThat(lines().getLast())
                .isEqualTo(
                        ".github/workflows/ci.yml:4:11: Error calling workflow"
                                + " '.github/workflows/none.yml': workflow was not found.");
        put(
                ".github/workflows/none.yml",
                "on: workflow_call\njobs:\n  b:\n    uses: ./.github/workflows/none.yml\n");
        assertThat(new WorkflowVerb(temp, out, false).check(List.of(".github/workflows/ci.yml")))
                .isFalse();
        assertThat(lines().getLast())
                .startsWith(
                        ".github/workflows/none.yml:4:11: The workflow calls itself:"
                                + " .github/workflows/ci.yml → .github/workflows/none.yml →");
    }
}
