package dev.rondo.building;

import dev.rondo.actions.Masks;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a job knows while it runs, and what its expressions see. Used by the job's thread. */
final class JobState {
    private final JobTask task;
    private final JobFolders folders;
    private final Map<String, String> secrets;
    private final Map<String, Value> github;
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<String> path = new ArrayList<>();
    private final Map<String, Value> steps = new LinkedHashMap<>();
    private final Map<String, Value> secretValues = new LinkedHashMap<>();
    private boolean failed;
    private volatile boolean cancelled;

    JobState(JobTask task, JobFolders folders, Map<String, String> secrets, URI server) {
        this.task = task;
        this.folders = folders;
        this.secrets = secrets;
        this.github = task.github(server);
        github.put("job", Value.of(task.row().job()));
        github.put("workspace", Value.of(folders.work().toString()));
        github.put("event_path", Value.of(folders.files().resolve("event.json").toString()));
        github.put("token", Value.of(""));
        var known = new LinkedHashMap<>(secrets);
        known.putIfAbsent("GITHUB_TOKEN", "");
        known.forEach((name, value) -> secretValues.put(name, Value.of(value)));
    }

    JobTask task() {
        return task;
    }

    JobFolders folders() {
        return folders;
    }

    /** Variables of workflow and job and those that steps left behind. */
    Map<String, String> env() {
        return env;
    }

    /** What steps put in front of the PATH, the newest last. */
    List<String> path() {
        return path;
    }

    Map<String, Value> github() {
        return github;
    }

    void maskSecrets(Masks masks) {
        secrets.values().forEach(masks::add);
    }

    boolean debug() {
        return secrets.getOrDefault("ACTIONS_STEP_DEBUG", "").equals("true");
    }

    void fail() {
        failed = true;
    }

    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    String status() {
        return cancelled ? "cancelled" : failed ? "failure" : "success";
    }

    void stepEnded(String id, String outcome, String conclusion, Map<String, String> outputs) {
        var step = new LinkedHashMap<String, Value>();
        step.put("outputs", Value.texts(outputs));
        step.put("outcome", Value.of(outcome));
        step.put("conclusion", Value.of(conclusion));
        steps.put(id, Value.of(step));
    }

    /** Adds variables of a mapping as written. */
    void addEnv(Template.Mapping written) {
        if (written.value(scope(env)) instanceof Value.Obj values) {
            values.entries().forEach((name, value) -> env.put(name, value.text()));
        }
    }

    /** The variables of one step, in front of those of the job. */
    Map<String, String> stepEnv(Template.Mapping written) {
        var all = new LinkedHashMap<>(env);
        if (written.value(scope(env)) instanceof Value.Obj values) {
            values.entries().forEach((name, value) -> all.put(name, value.text()));
        }
        return all;
    }

    Scope scope(Map<String, String> variables) {
        var contexts = new LinkedHashMap<String, Value>();
        contexts.put("github", Value.of(github));
        contexts.put("env", Value.texts(variables));
        contexts.put("vars", Value.of(Map.of()));
        contexts.put("job", Value.texts(Map.of("status", status())));
        contexts.put("steps", Value.of(steps));
        contexts.put("runner", runner());
        contexts.put("secrets", Value.of(secretValues));
        contexts.put("strategy", task.strategy().value());
        contexts.put("matrix", task.matrix());
        contexts.put("needs", task.needs());
        contexts.put("inputs", Value.of(github).at("event").at("inputs"));
        return Scope.of(contexts)
                .with(
                        Map.of(
                                "always", args -> Value.TRUE,
                                "cancelled", args -> Value.of(cancelled),
                                "failure", args -> Value.of(failed && !cancelled),
                                "success", args -> Value.of(!failed && !cancelled),
                                "hashfiles", new FileHash(folders.work())::hash));
    }

    private Value runner() {
        return Value.texts(
                Map.of(
                        "os",
                        "Linux",
                        "arch",
                        GithubContext.architecture(),
                        "name",
                        "rondo",
                        "environment",
                        "self-hosted",
                        "temp",
                        folders.temp().toString(),
                        "tool_cache",
                        folders.cache().toString(),
                        "debug",
                        debug() ? "1" : ""));
    }
}
