package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.actions.WorkflowTree.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Accepts and refuses as GitHub does, with the same messages and places, all files of theirs. */
final class WorkflowSuiteTest {
    private static final int MOST_CHARACTERS = 500;

    /** Where GitHub's own parsers differ, with the reason for the one that is taken. */
    private static final Map<String, String> DIFFERS =
            Map.of(
                    "errors-anchor-tag.yml",
                    "only the older parser refuses anchors; github.com has taken them since 2025");

    /** Accepted or refused as there, but told in other words. */
    private static final Map<String, String> OTHER_WORDS =
            Map.of(
                    "error.yml",
                    "the hint also names the keys of background steps, which are always known here",
                    "events-single-invalid.yml",
                    "unknown keys of workflow_dispatch are ignored, as another file demands");

    @Test
    void everyWorkflowOfGithubsDataIsTakenOrRefusedAsThere() throws IOException {
        var wrong = new ArrayList<String>();
        List<SuiteCase> cases = SuiteCase.all();
        for (SuiteCase one : cases) {
            if (!DIFFERS.containsKey(one.name())) {
                String problem = problem(one);
                if (!problem.isEmpty()) {
                    wrong.add(one.name() + ": " + problem);
                }
            }
        }
        assertThat(wrong).as("of " + cases.size()).isEmpty();
        assertThat(cases).hasSize(195);
    }

    private static String problem(SuiteCase one) {
        Set<String> wanted = new HashSet<>(one.errors());
        Set<String> got = new HashSet<>();
        if (one.read() instanceof Reading.Invalid(List<WorkflowTree.Fault> faults)) {
            faults.forEach(fault -> got.add(text(fault, wanted)));
        }
        boolean agree =
                OTHER_WORDS.containsKey(one.name())
                        ? wanted.isEmpty() == got.isEmpty()
                        : wanted.equals(got);
        return agree ? "" : "\n   wanted " + wanted + "\n   got    " + got;
    }

    /** As GitHub prints it; some of its messages have no place or not even a file. */
    private static String text(WorkflowTree.Fault fault, Set<String> wanted) {
        String message = fault.mistake().message();
        Position at = fault.mistake().at();
        String bare = fault.caller().isEmpty() ? fault.file() + ": " + message : message;
        for (String without :
                List.of(message, bare, fault.caller() + fault.file() + ": " + message)) {
            if (wanted.contains(without)) {
                return without;
            }
        }
        String full =
                "%s%s (Line: %d, Col: %d): %s"
                        .formatted(fault.caller(), fault.file(), at.line(), at.column(), message);
        return full.length() > MOST_CHARACTERS
                ? full.substring(0, MOST_CHARACTERS) + "[...]"
                : full;
    }
}
