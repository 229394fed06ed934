package dev.rondo.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job gets of its server as long as it runs.
 *
 * @param variables for every step, in front of what the {@code github} context says
 * @param actionVariables for steps that are actions, beside these: scripts do not get them
 * @param hidden what must never stand in the log
 */
public record JobServices(
        Map<String, String> variables, Map<String, String> actionVariables, List<String> hidden) {

    /** Of a job that has no server. */
    public static final JobServices NONE = new JobServices(Map.of(), Map.of(), List.of());

    /** Where steps on the server's machine reach it; nothing where there is none. */
    public Optional<String> server() {
        return Optional.ofNullable(variables.get("GITHUB_SERVER_URL"));
    }

    /** Tokens are in it. */
    @Override
    public String toString() {
        return "JobServices" + variables.keySet() + actionVariables.keySet();
    }
}
