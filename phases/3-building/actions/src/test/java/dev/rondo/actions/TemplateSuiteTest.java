package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.actions.WorkflowTree.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a workflow means, in full, is what GitHub's parser makes of it. */
final class TemplateSuiteTest {
    /** Not equal, with the reason; no more than one in twenty. */
    private static final Map<String, String> DIFFERS =
            Map.of(
                    "is-partial-rerun.yml",
                    "its table of files stands in the order of a hash table, kept for old runs",
                    "mvp.yml",
                    "its last line is a block text without a line end, which the YAML library adds");

    @Test
    void everyValidWorkflowGivesGithubsTemplate() throws IOException {
        var wrong = new ArrayList<String>();
        int compared = 0;
        for (SuiteCase one : SuiteCase.all()) {
            if (!one.errors().isEmpty()) {
                continue;
            }
            compared++;
            if (!DIFFERS.containsKey(one.name())) {
                String problem = problem(one);
                if (!problem.isEmpty()) {
                    wrong.add(one.name() + ": " + problem);
                }
            }
        }
        assertThat(wrong).as("of " + compared).isEmpty();
        assertThat(compared).isGreaterThan(100);
        assertThat(DIFFERS.size() * 20).isLessThanOrEqualTo(compared);
    }

    private static String problem(SuiteCase one) {
        return switch (one.read()) {
            case Reading.Invalid invalid -> invalid.text();
            case Reading.Valid(WorkflowTree tree) -> {
                JsonNode got = TreeJson.of(one, tree);
                var differences = new ArrayList<String>();
                compare("", one.expected(), got, differences);
                yield String.join("\n   ", differences);
            }
        };
    }

    private static void compare(String path, JsonNode wanted, JsonNode got, List<String> into) {
        if (into.size() >= 4) {
            return;
        }
        if (wanted.isObject() && got.isObject()) {
            wanted.properties()
                    .forEach(e ->
                            compare(
                                    path + "/" + e.getKey(),
                                    e.getValue(),
                                    got.path(e.getKey()),
                                    into));
            got.properties().stream()
                    .filter(e -> !wanted.has(e.getKey()))
                    .forEach(e ->
                            into.add(path + "/" + e.getKey() + " is too much: " + e.getValue()));
        } else if (wanted.isArray() && got.isArray() && wanted.size() == got.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                compare(path + "/" + i, wanted.get(i), got.get(i), into);
            }
        } else if (wanted.isNumber() && got.isNumber()
                ? wanted.doubleValue() != got.doubleValue()
                : !wanted.equals(got)) {
            into.add(path + ": wanted " + wanted + ", got " + got);
        }
    }
}
