package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that a file or an expression holds ends in anything but the documented refusals. */
final class FuzzTest {
    private static final List<String> PIECES =
            List.of(
                    "github",
                    ".event",
                    "['a b']",
                    "[0]",
                    ".*",
                    "(",
                    ")",
                    "!",
                    "&&",
                    "||",
                    "==",
                    "!=",
                    "<",
                    ">=",
                    "'it''s'",
                    "'",
                    "1e308",
                    "-0x1F",
                    "NaN",
                    "null",
                    "true",
                    ",",
                    "contains",
                    "format",
                    "fromJSON",
                    "toJSON",
                    "join",
                    "case",
                    "success()",
                    "hashFiles('a')",
                    "'{0}{1}'",
                    "'{\"a\":[1,{}]}'",
                    " ",
                    "\u00a0",
                    "\ud83d\ude00",
                    "\u0000",
                    "..",
                    "]",
                    "-",
                    "matrix",
                    "inputs.x");
    private static final List<String> ALLOWED =
            List.of("github", "inputs", "matrix", "success(0,0)", "hashFiles(1,255)");
    private static final List<String> CUTS =
            List.of(
                    "${{",
                    "}}",
                    "- ",
                    ": ",
                    "&a ",
                    "*a",
                    "<<: *a\n",
                    "!!int ",
                    "|\n",
                    "\t",
                    "\"",
                    "'",
                    "[",
                    "{",
                    "---\n",
                    "? ",
                    "${{ insert }}",
                    "\u0000",
                    "\ufeff",
                    "\r",
                    "#",
                    "on:",
                    "jobs:",
                    "needs: [a]",
                    "uses: ./x.yml\n",
                    "if: ",
                    "matrix:",
                    "    ");

    @Test
    void noExpressionEndsInAnythingButItsFault() {
        var random = new Random(42);
        Scope scope =
                Scope.of(
                        Map.of(
                                "github", Value.json("{\"event\": {\"a b\": [1, {\"x\": null}]}}"),
                                "matrix", Value.json("[]")));
        assertTimeout(
                Duration.ofSeconds(30),
                () -> {
                    for (int i = 0; i < 60_000; i++) {
                        var text = new StringBuilder();
                        for (int n = random.nextInt(14); n >= 0; n--) {
                            text.append(PIECES.get(random.nextInt(PIECES.size())));
                        }
                        evaluate(text.toString(), scope);
                    }
                });
    }

    private static void evaluate(String text, Scope scope) {
        try {
            Expression.parse(text, ALLOWED).value(scope).toJson();
        } catch (ExpressionFault documented) {
            assertThat(documented.message()).isNotBlank();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("expression: " + text, e);
        }
    }

    @Test
    void noMutatedWorkflowEndsInAnythingButMistakes() throws IOException {
        var random = new Random(7);
        List<SuiteCase> cases = SuiteCase.all();
        assertTimeout(
                Duration.ofSeconds(60),
                () -> {
                    for (int i = 0; i < 6_000; i++) {
                        SuiteCase one = cases.get(random.nextInt(cases.size()));
                        String text = mutated(one.workflow(), random, cases);
                        read(text, one);
                    }
                });
    }

    private static void read(String text, SuiteCase one) {
        try {
            WorkflowTree.read(
                    one.path(),
                    text,
                    reference -> java.util.Optional.ofNullable(one.called().get(reference)),
                    Limits.GITHUB,
                    Permissions.Policy.WRITE);
            Action.read("action.yml", text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("workflow:\n" + text, e);
        }
    }

    private static String mutated(String text, Random random, List<SuiteCase> cases) {
        var mutated = new StringBuilder(text);
        for (int n = random.nextInt(5); n >= 0; n--) {
            int at = random.nextInt(mutated.length() + 1);
            int to = Math.min(mutated.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> mutated.delete(at, to);
                case 1 -> mutated.insert(at, CUTS.get(random.nextInt(CUTS.size())));
                case 2 -> mutated.insert(at, (char) random.nextInt(0x300));
                default -> {
                    String other = cases.get(random.nextInt(cases.size())).workflow();
                    int from = random.nextInt(other.length());
                    int end = Math.min(other.length(), from + random.nextInt(80));
                    mutated.insert(at, other.substring(from, end));
                }
            }
        }
        return mutated.toString();
    }

    @Test
    void deepAndWideExpressionsAreRefusedInTime() {
        Scope scope = Scope.of(Map.of());
        var hostile =
                List.of(
                        "(".repeat(20_000),
                        "(".repeat(10_000) + "1" + ")".repeat(10_000),
                        "!".repeat(20_000) + "true",
                        "github" + ".a".repeat(9_000),
                        "format('" + "{0}".repeat(5_000) + "', 'x')",
                        "fromJSON('" + "[".repeat(9_000) + "')",
                        "1" + " && 1".repeat(4_000),
                        "'" + "a".repeat(30_000) + "'");
        assertTimeout(Duration.ofSeconds(10), () -> hostile.forEach(text -> evaluate(text, scope)));
    }

    @Test
    void yamlBombsAreRefusedInTime() {
        var bombs = new ArrayList<String>();
        var doubling = new StringBuilder("on: push\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
        for (int i = 1; i < 9; i++) {
            doubling.append("x%d: &x%d [".formatted(i, i))
                    .append("*x%d, ".formatted(i - 1).repeat(9))
                    .append("*x%d]\n".formatted(i - 1));
        }
        bombs.add(doubling.toString());
        bombs.add("on: push\njobs: {a: {strategy: {matrix: {v: " + "[".repeat(5_000));
        bombs.add("a: &a [*a]\non: push\njobs: *a\n");
        bombs.add("? ".repeat(3_000));
        bombs.add("on: push\njobs:\n" + "  a: &a {b: *a}\n".repeat(2_000));
        bombs.add("\"" + "\\u0041".repeat(200_000) + "\"");
        bombs.add("x".repeat(2 << 20));
        assertTimeout(
                Duration.ofSeconds(10),
                () ->
                        bombs.forEach(bomb -> {
                            assertThatCode(() -> WorkflowReading.read("ci.yml", bomb))
                                    .as(bomb.substring(0, Math.min(20, bomb.length())))
                                    .doesNotThrowAnyException();
                            assertThat(WorkflowReading.read("ci.yml", bomb))
                                    .isInstanceOf(WorkflowReading.Invalid.class);
                        }));
    }

    @Test
    void aliasesThatUnfoldPastTheMemoryAreRefused() {
        var text =
                new StringBuilder(
                        "on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{run: x}]\n"
                                + "    strategy:\n      matrix:\n        v0: &v0 [aaaaaaaaaaaaaaaaaaaa]\n");
        for (int i = 1; i < 12; i++) {
            text.append("        v%d: &v%d [".formatted(i, i))
                    .append("*v%d, ".formatted(i - 1).repeat(5))
                    .append("*v%d]\n".formatted(i - 1));
        }
        assertTimeout(
                Duration.ofSeconds(10),
                () ->
                        assertThat(WorkflowReading.read("ci.yml", text.toString()))
                                .isInstanceOfSatisfying(
                                        WorkflowReading.Invalid.class,
                                        invalid ->
                                                assertThat(invalid.text())
                                                        .contains("Maximum object size exceeded")));
    }
}
