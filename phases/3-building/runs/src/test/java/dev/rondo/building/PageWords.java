package dev.rondo.building;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Rows of {@code docs/workflows.md} that stand in GitHub's documentation but in no schema. */
final class PageWords {
    private PageWords() {}

    static void put(Function<String, Set<String>> section) {
        Set<String> commands = section.apply("Commands and files");
        all(
                commands,
                "command ",
                "add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher"
                        + " save-state set-env set-output stop-commands warning");
        all(
                commands,
                "file ",
                "GITHUB_ENV GITHUB_OUTPUT GITHUB_PATH GITHUB_STATE GITHUB_STEP_SUMMARY");
        commands.addAll(List.of("problem matchers", "masking", "ACTIONS_STEP_DEBUG", "log"));
        all(
                section.apply("Default variables"),
                "variable ",
                "CI GITHUB_ACTION GITHUB_ACTION_PATH GITHUB_ACTION_REPOSITORY GITHUB_ACTIONS"
                        + " GITHUB_ACTOR GITHUB_ACTOR_ID GITHUB_API_URL GITHUB_BASE_REF GITHUB_ENV"
                        + " GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_GRAPHQL_URL GITHUB_HEAD_REF"
                        + " GITHUB_JOB GITHUB_OUTPUT GITHUB_PATH GITHUB_REF GITHUB_REF_NAME"
                        + " GITHUB_REF_PROTECTED GITHUB_REF_TYPE GITHUB_REPOSITORY"
                        + " GITHUB_REPOSITORY_ID GITHUB_REPOSITORY_OWNER"
                        + " GITHUB_REPOSITORY_OWNER_ID GITHUB_RETENTION_DAYS GITHUB_RUN_ATTEMPT"
                        + " GITHUB_RUN_ID GITHUB_RUN_NUMBER GITHUB_SERVER_URL GITHUB_SHA"
                        + " GITHUB_STEP_SUMMARY GITHUB_TRIGGERING_ACTOR GITHUB_WORKFLOW"
                        + " GITHUB_WORKFLOW_REF GITHUB_WORKFLOW_SHA GITHUB_WORKSPACE RUNNER_ARCH"
                        + " RUNNER_DEBUG RUNNER_ENVIRONMENT RUNNER_NAME RUNNER_OS RUNNER_TEMP"
                        + " RUNNER_TOOL_CACHE");
        natives(section.apply("Native actions"));
        section.apply("Running")
                .addAll(
                        List.of(
                                "cancelling",
                                "re-run",
                                "sandbox",
                                "limits",
                                "yaml",
                                "GITHUB_TOKEN",
                                "identity tokens",
                                "results service"));
    }

    /** Their inputs as their own action.yml names them. */
    private static void natives(Set<String> rows) {
        inputs(
                rows,
                "checkout",
                "repository ref token path clean filter sparse-checkout sparse-checkout-cone-mode"
                        + " fetch-depth fetch-tags lfs submodules persist-credentials");
        inputs(
                rows,
                "cache",
                "path key restore-keys enableCrossOsArchive fail-on-cache-miss lookup-only");
        rows.add("action actions/cache/save");
        rows.add("action actions/cache/restore");
        inputs(
                rows,
                "upload-artifact",
                "name path if-no-files-found retention-days compression-level overwrite"
                        + " include-hidden-files");
        inputs(rows, "download-artifact", "name path pattern merge-multiple artifact-ids run-id");
        inputs(rows, "setup-node", "node-version node-version-file check-latest architecture");
        inputs(rows, "setup-java", "java-version java-version-file distribution java-package");
        inputs(rows, "setup-python", "python-version python-version-file");
        inputs(rows, "setup-go", "go-version go-version-file");
    }

    private static void inputs(Set<String> rows, String action, String names) {
        rows.add("action actions/" + action);
        all(rows, "action actions/" + action + " ", names);
    }

    private static void all(Set<String> rows, String before, String words) {
        for (String word : words.split(" ")) {
            rows.add(before + word);
        }
    }
}
