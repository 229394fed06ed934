package dev.rondo.building;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code github} context of a run. */
final class GithubContext {
    /** GitHub's names have an owner; all projects of this Rondo share one. */
    static final String OWNER = "rondo";

    private GithubContext() {}

    static Map<String, Value> of(Run run, Workflow workflow, URI server) {
        String repository = OWNER + "/" + run.project();
        String branch = run.source().branch();
        var github = new LinkedHashMap<String, Value>();
        put(github, "actor", run.source().actor());
        put(github, "triggering_actor", run.source().actor());
        put(github, "api_url", server + "/api/v3");
        put(github, "base_ref", "");
        github.put("event", payload(run));
        put(github, "event_name", run.event().name());
        put(github, "graphql_url", server + "/api/graphql");
        put(github, "head_ref", "");
        put(github, "ref", run.source().ref());
        put(github, "ref_name", branch);
        github.put("ref_protected", Value.FALSE);
        put(github, "ref_type", run.source().ref().startsWith("refs/tags/") ? "tag" : "branch");
        put(github, "repository", repository);
        put(github, "repository_owner", OWNER);
        put(github, "repositoryUrl", server + "/" + run.project() + ".git");
        put(github, "retention_days", "90");
        put(github, "run_attempt", String.valueOf(run.attempt()));
        put(github, "run_id", run.id());
        put(github, "run_number", String.valueOf(run.number()));
        put(github, "secret_source", "Actions");
        put(github, "server_url", server.toString());
        put(github, "sha", run.source().commit());
        put(github, "workflow", workflow.name());
        put(github, "workflow_ref", repository + "/" + run.file() + "@" + run.source().ref());
        put(github, "workflow_sha", run.source().commit());
        return github;
    }

    private static void put(Map<String, Value> map, String key, String text) {
        map.put(key, Value.of(text));
    }

    static Value payload(Run run) {
        try {
            return Value.json(run.event().payload());
        } catch (ExpressionFault e) {
            return Value.of(Map.of());
        }
    }
}
