package dev.rondo.jobs;

import dev.rondo.actions.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The variables that every step has (GitHub's "Default environment variables") and that no workflow
 * can change.
 */
final class StandingVariables {
    /** Of the {@code github} context, what is no variable. */
    private static final Set<String> NONE = Set.of("repositoryUrl", "token", "action_status");

    private StandingVariables() {}

    static Map<String, String> of(Map<String, Value> github, JobFolders folders) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("GITHUB_ACTIONS", "true");
        github.forEach((name, value) -> {
            if (value.primitive() && !NONE.contains(name)) {
                variables.put("GITHUB_" + name.toUpperCase(Locale.ROOT), value.text());
            }
        });
        variables.put("RUNNER_OS", "Linux");
        variables.put("RUNNER_ARCH", architecture());
        variables.put("RUNNER_NAME", "rondo");
        variables.put("RUNNER_ENVIRONMENT", "self-hosted");
        variables.put("RUNNER_TEMP", folders.temp().toString());
        variables.put("RUNNER_TOOL_CACHE", folders.tools().toString());
        variables.put("RUNNER_WORKSPACE", folders.root().toString());
        return variables;
    }

    static String architecture() {
        return System.getProperty("os.arch", "").contains("aarch64") ? "ARM64" : "X64";
    }
}
