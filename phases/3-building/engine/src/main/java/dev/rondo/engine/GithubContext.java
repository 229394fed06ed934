package dev.rondo.engine;

import dev.rondo.access.Projects;
import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.events.Scene;
import dev.rondo.records.Run;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code github} context of a run. */
public final class GithubContext {
    /** GitHub's names have an owner; all projects of this Rondo share one. */
    private static final String OWNER = Projects.OWNER;

    private GithubContext() {}

    /**
     * @param days how long an artifact of the project is kept at most
     */
    static Map<String, Value> of(Run run, Workflow workflow, URI server, long days) {
        String repository = OWNER + "/" + run.project();
        String branch = run.source().branch();
        var github = new LinkedHashMap<String, Value>();
        put(github, "actor", run.source().actor());
        put(github, "actor_id", String.valueOf(Scene.number(run.source().actor())));
        put(github, "triggering_actor", run.startedBy());
        put(github, "api_url", server + "/api/v3");
        Value event = payload(run);
        put(github, "base_ref", event.at("pull_request").at("base").at("ref").text());
        github.put("event", event);
        put(github, "event_name", run.event().name());
        put(github, "graphql_url", server + "/api/graphql");
        put(github, "head_ref", event.at("pull_request").at("head").at("ref").text());
        put(github, "ref", run.source().ref());
        put(github, "ref_name", branch);
        github.put("ref_protected", Value.FALSE);
        put(github, "ref_type", refType(run.source().ref()));
        put(github, "repository", repository);
        put(github, "repository_id", event.at("repository").at("id").text());
        put(github, "repository_owner", OWNER);
        put(github, "repository_owner_id", event.at("repository").at("owner").at("id").text());
        put(github, "repositoryUrl", server + "/" + repository + ".git");
        put(github, "retention_days", String.valueOf(days));
        put(github, "run_attempt", String.valueOf(run.attempt()));
        put(github, "run_id", String.valueOf(run.number()));
        put(github, "run_number", String.valueOf(run.ordinal()));
        put(github, "secret_source", "Actions");
        put(github, "server_url", server.toString());
        put(github, "sha", run.source().commit());
        put(github, "workflow", workflow.name());
        put(github, "workflow_ref", repository + "/" + run.file() + "@" + run.source().ref());
        put(github, "workflow_sha", run.source().commit());
        return github;
    }

    /** Empty for a deployment of a bare commit. */
    private static String refType(String ref) {
        return ref.isEmpty() ? "" : ref.startsWith("refs/tags/") ? "tag" : "branch";
    }

    private static void put(Map<String, Value> map, String key, String text) {
        map.put(key, Value.of(text));
    }

    public static Value payload(Run run) {
        try {
            return Value.json(run.event().payload());
        } catch (ExpressionFault e) {
            return Value.of(Map.of());
        }
    }
}
