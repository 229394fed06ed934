package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ActionTest {

    private static Action valid(String text) {
        return switch (Action.read("action.yml", text)) {
            case Action.Reading.Valid(Action action) -> action;
            case Action.Reading.Invalid invalid -> throw new AssertionError(invalid.text());
        };
    }

    private static String wrong(String text) {
        return Action.read("action.yml", text) instanceof Action.Reading.Invalid invalid
                ? invalid.text()
                : "valid";
    }

    @Test
    void javaScriptActionHasHooks() {
        Action action =
                valid(
                        """
                        name: Greet
                        description: Says hello
                        inputs:
                          who: {description: whom, required: true, default: '${{ github.actor }}'}
                          old: {deprecationMessage: use who}
                        outputs:
                          time: {description: when}
                        branding: {icon: heart, color: red}
                        runs: {using: node20, pre: a.js, pre-if: runner.os == 'linux', main: b.js, post: c.js}
                        """);
        var runs = (Action.JavaScript) action.runs();
        assertThat(runs.node()).isEqualTo(20);
        assertThat(runs.pre().orElseThrow().when().text()).isEqualTo("runner.os == 'linux'");
        assertThat(runs.post().orElseThrow().when().text()).isEqualTo("always()");
        Scope scope = Scope.of(Map.of("github", Value.texts(Map.of("actor", "ada"))));
        assertThat(action.inputs().get("who").fallback(scope)).isEqualTo("ada");
        assertThat(action.inputs().get("old").deprecation()).isEqualTo("use who");
    }

    @Test
    void compositeActionHasStepsAndOutputs() {
        Action action =
                valid(
                        """
                        name: x
                        outputs: {r: {value: '${{ steps.one.outputs.r }}'}}
                        runs:
                          using: composite
                          steps:
                            - {id: one, run: echo, shell: bash, if: inputs.go}
                            - {uses: ./other, with: {a: 1}, continue-on-error: true}
                        """);
        List<Workflow.Step> steps = ((Action.Composite) action.runs()).steps();
        assertThat(steps.getFirst().condition().text()).isEqualTo("success() && (inputs.go)");
        assertThat(steps.getLast().id()).isEqualTo("__self");
        assertThat(action.outputs().get("r").value()).isPresent();
    }

    @Test
    void dockerActionHasArguments() {
        Action action =
                valid(
                        "runs: {using: docker, image: Dockerfile, args: ['${{ inputs.a }}', b],"
                                + " env: {K: v}, entrypoint: /e.sh, post-entrypoint: /p.sh}");
        var runs = (Action.Docker) action.runs();
        Scope scope = Scope.of(Map.of("inputs", Value.texts(Map.of("a", "1"))));
        assertThat(runs.args(scope)).containsExactly("1", "b");
        assertThat(runs.post()).isPresent();
    }

    @Test
    void mistakesHaveFileLineAndColumn() {
        assertThat(wrong("name: x\n"))
                .startsWith("action.yml:1:1: Required property is missing: runs");
        assertThat(wrong("runs:\n  using: ruby\n"))
                .startsWith("action.yml:2:10: 'using: ruby' is not supported")
                .contains("node24");
        assertThat(wrong("runs:\n  using: node20\n")).contains("there is not an entry JavaScript");
        assertThat(wrong("runs:\n  using: docker\n")).contains("an image is not provided");
        assertThat(wrong("runs:\n  using: composite\n")).contains("there are no steps");
        assertThat(wrong("runs:\n  using: node20\n  main: a\n  steps: []\n"))
                .startsWith("action.yml:4:3: Unexpected value 'steps'");
        assertThat(wrong("runs:\n  using: composite\n  steps:\n    - run: x\n"))
                .startsWith("action.yml:4:7: Required property is missing: shell");
        assertThat(wrong("runs: {using: node20, main: a, post: b, post-if: 'nope()'}"))
                .contains("Unrecognized function: 'nope'");
        assertThat(wrong("")).contains("The action file is empty");
        assertThat(wrong("a: [")).startsWith("action.yml:");
    }
}
