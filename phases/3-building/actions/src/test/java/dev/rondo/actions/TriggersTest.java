package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TriggersTest {

    private static Workflow read(String text) {
        return switch (WorkflowReading.read("ci.yml", text)) {
            case WorkflowReading.Valid valid -> valid.workflow();
            case WorkflowReading.Invalid invalid -> throw new AssertionError(invalid.text());
        };
    }

    private static Triggers on(String on) {
        return read(on + "\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: 'true'\n").on();
    }

    private static boolean push(String on, String ref, String... paths) {
        return on(on).push(ref, () -> Optional.of(Set.of(paths)));
    }

    @Test
    void branchesAndTagsFilterThePush() {
        assertThat(push("on: push", "refs/heads/any")).isTrue();
        assertThat(push("on: [pull_request]", "refs/heads/any")).isFalse();
        String branches = "on:\n  push:\n    branches: [main, 'releases/**', '!releases/old']";
        assertThat(push(branches, "refs/heads/main")).isTrue();
        assertThat(push(branches, "refs/heads/releases/1/x")).isTrue();
        assertThat(push(branches, "refs/heads/releases/old")).isFalse();
        assertThat(push(branches, "refs/tags/v1")).as("only branches are named").isFalse();
        String tags = "on:\n  push:\n    tags: ['v[12].*']";
        assertThat(push(tags, "refs/tags/v1.0")).isTrue();
        assertThat(push(tags, "refs/tags/v3.0")).isFalse();
        assertThat(push(tags, "refs/heads/main")).isFalse();
        assertThat(push("on:\n  push:\n    branches-ignore: ['wip/*']", "refs/heads/wip/a"))
                .isFalse();
    }

    @Test
    void pathsFilterThePushToABranch() {
        String paths = "on:\n  push:\n    paths: ['src/**', '!**.md']";
        assertThat(push(paths, "refs/heads/main", "src/a.js")).isTrue();
        assertThat(push(paths, "refs/heads/main", "src/a.md", "docs/b")).isFalse();
        String ignore = "on:\n  push:\n    paths-ignore: ['docs/**']";
        assertThat(push(ignore, "refs/heads/main", "docs/a")).isFalse();
        assertThat(push(ignore, "refs/heads/main", "docs/a", "src/b")).isTrue();
        assertThat(on(paths).push("refs/heads/main", Optional::empty))
                .as("unknown changes run")
                .isTrue();
    }

    @Test
    void mistakeHasFileLineColumnAndWhatWasExpected() {
        var invalid =
                (WorkflowReading.Invalid)
                        WorkflowReading.read(
                                ".github/workflows/ci.yml",
                                "on: push\njobs:\n  a:\n    runs-on: x\n    step:\n      - run: x\n");
        assertThat(invalid.text())
                .startsWith(
                        ".github/workflows/ci.yml:5:5: Unexpected value 'step' (expected: one of ")
                .contains("steps");
        var yaml =
                (WorkflowReading.Invalid)
                        WorkflowReading.read("ci.yml", "on: push\njobs:\n  a: [\n");
        assertThat(yaml.mistakes().getFirst().at().line()).isEqualTo(4);
        var cycle =
                (WorkflowReading.Invalid)
                        WorkflowReading.read(
                                "ci.yml",
                                "on: push\njobs:\n  z:\n    runs-on: x\n    steps: [{run: x}]\n"
                                        + "  a:\n    needs: b\n    runs-on: x\n    steps: [{run: x}]\n"
                                        + "  b:\n    needs: a\n    runs-on: x\n    steps: [{run: x}]\n");
        assertThat(cycle.text())
                .contains("ci.yml:7:12: Job 'a' depends on job 'b' which creates a cycle");
    }

    @Test
    void matrixFollowsGithubsOrder() {
        Value matrix =
                Value.json(
                        """
                        {"fruit": ["apple", "pear"], "animal": ["cat", "dog"],
                         "include": [{"color": "green"}, {"color": "pink", "animal": "cat"},
                                     {"fruit": "apple", "shape": "circle"}, {"fruit": "banana"},
                                     {"fruit": "banana", "animal": "cat"}]}\
                        """);
        List<String> all =
                Matrix.combinations(matrix).stream()
                        .map(one -> Value.of(one).toJson().replaceAll("\\s+", ""))
                        .toList();
        assertThat(all)
                .containsExactly(
                        "{\"fruit\":\"apple\",\"animal\":\"cat\",\"color\":\"pink\",\"shape\":\"circle\"}",
                        "{\"fruit\":\"apple\",\"animal\":\"dog\",\"color\":\"green\",\"shape\":\"circle\"}",
                        "{\"fruit\":\"pear\",\"animal\":\"cat\",\"color\":\"pink\"}",
                        "{\"fruit\":\"pear\",\"animal\":\"dog\",\"color\":\"green\"}",
                        "{\"fruit\":\"banana\"}",
                        "{\"fruit\":\"banana\",\"animal\":\"cat\"}");
    }

    @Test
    void matrixExcludesAndIsBounded() {
        Value matrix =
                Value.json(
                        "{\"os\": [\"a\", \"b\"], \"v\": [1, 2], \"exclude\": [{\"os\": \"a\", \"v\": 2}]}");
        assertThat(Matrix.combinations(matrix)).hasSize(3);
        assertThat(Matrix.suffix(Matrix.combinations(matrix).getFirst())).isEqualTo(" (a, 1)");
        String many = "[" + "0,".repeat(1999) + "0]";
        Value huge = Value.json("{\"a\": " + many + ", \"b\": " + many + "}");
        assertThatThrownBy(() -> Matrix.combinations(huge)).hasMessageContaining("at most 256");
    }

    @Test
    void aliasBombAndDeepNestingAreRefused() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append(
                    "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n"
                            .formatted(
                                    i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(WorkflowReading.read("ci.yml", bomb + "on: push\n"))
                .isInstanceOf(WorkflowReading.Invalid.class);
        assertThat(WorkflowReading.read("ci.yml", "on: " + "[".repeat(50_000)))
                .isInstanceOf(WorkflowReading.Invalid.class);
        assertThat(WorkflowReading.read("ci.yml", "\u0000"))
                .isInstanceOf(WorkflowReading.Invalid.class);
        assertThat(WorkflowReading.read("ci.yml", "")).isInstanceOf(WorkflowReading.Invalid.class);
    }
}
