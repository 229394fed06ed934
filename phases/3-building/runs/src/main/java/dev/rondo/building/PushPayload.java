package dev.rondo.building;

import dev.rondo.access.Project;
import dev.rondo.actions.Value;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Fact;
import dev.rondo.store.Micros;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code github.event} in the shape of GitHub's webhooks. */
final class PushPayload {
    private final URI server;

    PushPayload(URI server) {
        this.server = server;
    }

    String push(Project project, Fact.ChangePushed push, String actor) {
        var event = new LinkedHashMap<String, Value>();
        event.put("ref", Value.of(push.ref()));
        event.put("before", Value.of(push.before()));
        event.put("after", Value.of(push.after()));
        event.put("base_ref", Value.NOTHING);
        event.put("created", Value.of(push.before().equals(RefUpdate.NONE)));
        event.put("deleted", Value.FALSE);
        event.put("forced", Value.of(push.forced()));
        var commits = new ArrayList<Value>();
        // oldest first, as GitHub sends them
        push.commits().reversed().forEach(commit -> commits.add(commit(project, commit)));
        event.put("commits", Value.of(commits));
        event.put("head_commit", commits.isEmpty() ? Value.NOTHING : commits.getLast());
        event.put("pusher", Value.texts(Map.of("name", actor)));
        return with(event, project, actor);
    }

    String dispatch(Project project, String ref, String file, Value inputs, String actor) {
        var event = new LinkedHashMap<String, Value>();
        event.put("inputs", inputs);
        event.put("ref", Value.of(ref));
        event.put("workflow", Value.of(file));
        return with(event, project, actor);
    }

    private String with(Map<String, Value> event, Project project, String actor) {
        event.put("repository", repository(project));
        event.put("sender", Value.texts(Map.of("login", actor, "type", "User")));
        return Value.of(event).toJson();
    }

    private Value repository(Project project) {
        String url = server + "/projects/" + project.name();
        var repository = new LinkedHashMap<String, Value>();
        repository.put("name", Value.of(project.name()));
        repository.put("full_name", Value.of(GithubContext.OWNER + "/" + project.name()));
        repository.put("description", Value.of(project.description()));
        repository.put("default_branch", Value.of(project.defaultBranch()));
        repository.put("master_branch", Value.of(project.defaultBranch()));
        repository.put("html_url", Value.of(url));
        repository.put("clone_url", Value.of(server + "/" + project.name() + ".git"));
        repository.put("private", Value.TRUE);
        repository.put(
                "owner",
                Value.texts(Map.of("login", GithubContext.OWNER, "name", GithubContext.OWNER)));
        return Value.of(repository);
    }

    private Value commit(Project project, Fact.Commit commit) {
        var person =
                Value.texts(Map.of("name", commit.authorName(), "email", commit.authorEmail()));
        var value = new LinkedHashMap<String, Value>();
        value.put("id", Value.of(commit.id()));
        value.put("message", Value.of(commit.subject()));
        value.put("timestamp", Value.of(Micros.toInstant(commit.authoredAt()).toString()));
        value.put("distinct", Value.TRUE);
        value.put(
                "url",
                Value.of(
                        server + "/projects/" + project.name() + "/coding/commits/" + commit.id()));
        value.put("author", person);
        value.put("committer", person);
        return Value.of(value);
    }

    /** GitHub's words in a head commit that keep a push from starting anything. */
    static boolean skips(List<Fact.Commit> commits) {
        if (commits.isEmpty()) {
            return false;
        }
        String subject = commits.getFirst().subject();
        return List.of("[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]")
                .stream()
                .anyMatch(subject::contains);
    }
}
