package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every expression of GitHub's data gives GitHub's value, or its kind of error. */
final class ExpressionSuiteTest {

    @Test
    void everyExpressionOfGithubsDataGivesItsResult() throws IOException {
        Path folder = Suites.folder("expressions/testdata");
        var wrong = new ArrayList<String>();
        int total = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                JsonNode groups = JsonMapper.shared().readTree(Files.readString(file));
                for (JsonNode group : groups) {
                    for (JsonNode test : group) {
                        total++;
                        String problem = problem(test);
                        if (!problem.isEmpty()) {
                            wrong.add(file.getFileName() + ": " + problem);
                        }
                    }
                }
            }
        }
        assertThat(wrong).as("of " + total).isEmpty();
        assertThat(total).isGreaterThan(1000);
    }

    private static String problem(JsonNode test) {
        String text = test.get("expr").stringValue();
        JsonNode contexts = test.path("contexts");
        String expected = expected(test);
        String actual;
        try {
            Value.Obj seen =
                    contexts.isObject() ? (Value.Obj) Json.value(contexts) : Value.of(Map.of());
            Value value =
                    Expression.parse(text, List.copyOf(seen.entries().keySet()))
                            .value(new Scope(seen, Map.of(), 1 << 20));
            actual = value.kind() + " " + plain(value);
        } catch (ExpressionFault e) {
            actual = "error " + e.stage().name().toLowerCase(Locale.ROOT);
        }
        return actual.equals(expected) ? "" : text + " → " + actual + ", not " + expected;
    }

    private static String expected(JsonNode test) {
        if (test.has("err")) {
            return "error " + test.get("err").get("kind").stringValue();
        }
        JsonNode result = test.get("result");
        JsonNode value = result.path("value");
        return result.get("kind").stringValue() + " " + plain(Json.value(value));
    }

    private static String plain(Value value) {
        return value instanceof Value.Num num ? Numbers.exact(num.number()) : value.toJson();
    }
}
