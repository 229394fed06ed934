package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepts and refuses as GitHub does, with the same messages and places. Left out is what needs a
 * second file (reusable workflows) or a limit that the test sets itself.
 */
final class WorkflowSuiteTest {
    /**
     * Reason: each sets a limit of its own, or GitHub's two parsers differ and ours takes the
     * newer.
     */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "errors-anchor-tag.yml",
                    "on-workflow_dispatch-unknown-keys-ignored.yml",
                    "errors-max-depth.yml",
                    "errors-matrix-max-depth.yml",
                    "errors-max-file-size.yml",
                    "errors-max-result-size.yml",
                    "error.yml");

    @Test
    void everyWorkflowOfGithubsDataIsTakenOrRefusedAsThere() throws IOException {
        Path folder = Suites.folder("workflow-parser/testdata/reader");
        var wrong = new ArrayList<String>();
        int read = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                List<String> parts =
                        List.of(Files.readString(file).replace("\r\n", "\n").split("(?m)^---$"));
                String name = file.getFileName().toString();
                if (parts.size() != 3 || LEFT_OUT.contains(name)) {
                    continue;
                }
                read++;
                String problem = problem(name, parts.get(1).substring(1), parts.get(2));
                if (!problem.isEmpty()) {
                    wrong.add(name + ": " + problem);
                }
            }
        }
        assertThat(wrong).as("of " + read).isEmpty();
        assertThat(read).isGreaterThan(100);
    }

    private static String problem(String name, String text, String json) {
        JsonNode expected = JsonMapper.shared().readTree(json);
        var messages = new ArrayList<String>();
        if (WorkflowReading.read(".github/workflows/" + name, text)
                instanceof WorkflowReading.Invalid invalid) {
            for (Mistake mistake : invalid.mistakes()) {
                messages.add(
                        "%s (Line: %d, Col: %d): %s"
                                .formatted(
                                        invalid.file(),
                                        mistake.at().line(),
                                        mistake.at().column(),
                                        mistake.message()));
            }
        }
        var wanted = new ArrayList<String>();
        expected.path("errors").forEach(e -> wanted.add(e.get("Message").stringValue()));
        if (wanted.isEmpty() != messages.isEmpty()) {
            return "wanted " + wanted + ", got " + messages;
        }
        boolean placed = wanted.stream().allMatch(w -> w.contains(" (Line: "));
        return placed && !Set.copyOf(wanted).equals(Set.copyOf(messages))
                ? "wanted " + wanted + ", got " + messages
                : "";
    }
}
