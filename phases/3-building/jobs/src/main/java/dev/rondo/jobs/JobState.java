package dev.rondo.jobs;

import dev.rondo.actions.Masks;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a job knows while it runs, and what its expressions see. Used by the job's thread; a step in
 * the background has one of its own, which begins as the job's is then.
 */
final class JobState {
    private final JobOrder order;
    private final JobFolders folders;
    private final Map<String, Value> github;
    private final Value secrets;
    private final Value runner;
    private final Map<String, String> standing;
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<String> path = new ArrayList<>();
    private final Map<String, Map<String, String>> states = new LinkedHashMap<>();
    private final Frame frame;
    private final BooleanSupplier ended;
    private final Map<String, String> before;
    private Map<String, Value> containers = Map.of();
    private @Nullable Value seen;
    private String seenIn = "";
    private String server = "";
    private int known;
    private volatile boolean cancelled;

    JobState(JobOrder order, JobFolders folders) {
        this.order = order;
        this.folders = folders;
        this.github = new LinkedHashMap<>(order.contexts().github());
        github.put("job", Value.of(order.job().id()));
        github.put("workspace", Value.of(folders.work().toString()));
        github.put("event_path", Value.of(folders.files().resolve("event.json").toString()));
        String token = order.secrets().getOrDefault("GITHUB_TOKEN", "");
        github.put("token", Value.of(token));
        var words = new LinkedHashMap<>(Map.of("GITHUB_TOKEN", token));
        words.putAll(order.secrets());
        this.secrets = Value.texts(words);
        this.runner = runner();
        this.standing = StandingVariables.of(github, folders);
        this.frame = Frame.ofJob(order.contexts().inputs());
        this.ended = () -> false;
        this.before = Map.of();
    }

    private JobState(JobState job) {
        this.order = job.order;
        this.folders = job.folders;
        this.github = new LinkedHashMap<>(job.github);
        this.secrets = job.secrets;
        this.runner = job.runner;
        this.standing = job.standing;
        this.env.putAll(job.env);
        this.states.putAll(job.states);
        this.frame = job.frame.beside();
        this.ended = job::cancelled;
        this.before = Map.copyOf(job.env);
        this.containers = job.containers;
        this.server = job.server;
        this.path.addAll(job.path);
        this.known = job.path.size();
    }

    /** For a step that runs beside the others. */
    JobState beside() {
        return new JobState(this);
    }

    /** What a step has left that ran beside: its variables, its folders and what it keeps. */
    void takeOver(JobState other) {
        other.env.forEach((name, value) -> {
            if (!value.equals(other.before.get(name))) {
                env.put(name, value);
            }
        });
        path.addAll(other.path.subList(other.known, other.path.size()));
        other.states.forEach(states::putIfAbsent);
    }

    JobOrder order() {
        return order;
    }

    JobFolders folders() {
        return folders;
    }

    /** The level of the job's own steps. */
    Frame frame() {
        return frame;
    }

    /** Variables of workflow and job and those that steps left behind. */
    Map<String, String> env() {
        return env;
    }

    /** What steps put in front of the PATH, the newest last. */
    List<String> path() {
        return path;
    }

    /** What an action keeps from one of its parts to the next, by {@link Frame#path}. */
    Map<String, String> stateOf(String step) {
        return states.computeIfAbsent(step, key -> new LinkedHashMap<>());
    }

    void maskSecrets(Masks masks) {
        order.secrets().values().forEach(masks::add);
        order.services().hidden().forEach(masks::add);
    }

    boolean debug() {
        return said("ACTIONS_STEP_DEBUG").equals("true");
    }

    private String said(String name) {
        String secret = order.secrets().getOrDefault(name, "");
        return secret.isEmpty() ? order.contexts().vars().at(name).text() : secret;
    }

    /** Where the steps reach the server, without a slash at the end; nothing without one. */
    String server() {
        return server;
    }

    /** The place for the job stands. */
    void opened(Shell shell) {
        server =
                shell.inside(order.services().variables())
                        .getOrDefault("GITHUB_SERVER_URL", "")
                        .replaceFirst("/+$", "");
    }

    /** What {@code job} says of containers. */
    void containers(Map<String, Value> facts) {
        containers = facts;
    }

    void fail() {
        frame.fail();
    }

    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled || ended.getAsBoolean();
    }

    String status() {
        return cancelled() ? "cancelled" : frame.failed() ? "failure" : "success";
    }

    /** Adds variables of a mapping as written. */
    void addEnv(Template.Mapping written) {
        if (written.value(scope(frame, env)) instanceof Value.Obj values) {
            values.entries().forEach((name, value) -> env.put(name, value.text()));
        }
    }

    /** The variables of a level. */
    Map<String, String> env(Frame level) {
        var all = new LinkedHashMap<>(env);
        all.putAll(level.env());
        return all;
    }

    /** The variables of one step, in front of those of its level. */
    Map<String, String> stepEnv(Frame level, Template.Mapping written) {
        var all = new LinkedHashMap<>(env(level));
        if (written.value(scope(level, all)) instanceof Value.Obj values) {
            values.entries().forEach((name, value) -> all.put(name, value.text()));
        }
        return all;
    }

    /** {@code github} as the steps of a level see it. */
    Map<String, Value> github(Frame level) {
        github.put("action", Value.of(level.current()));
        if (level.job()) {
            return github;
        }
        var inside = new LinkedHashMap<>(github);
        inside.put("action_path", Value.of(level.source().path()));
        inside.put("action_repository", Value.of(level.source().repository()));
        inside.put("action_ref", Value.of(level.source().ref()));
        inside.put("action_status", Value.of(level.failed() ? "failure" : "success"));
        return inside;
    }

    /** The same as long as it is the turn of one step of the job. */
    private Value seen(Frame level) {
        if (!level.job()) {
            return Value.of(github(level));
        }
        var known = seen;
        if (known == null || !level.current().equals(seenIn)) {
            known = Value.of(github(level));
            seen = known;
            seenIn = level.current();
        }
        return known;
    }

    /** The variables that stand for {@code github} and {@code runner}. */
    Map<String, String> standing(Frame level) {
        return level.job() ? standing : StandingVariables.of(github(level), folders);
    }

    Scope scope(Frame level) {
        return scope(level, env(level));
    }

    Scope scope(Frame level, Map<String, String> variables) {
        var contexts = new LinkedHashMap<String, Value>();
        contexts.put("github", seen(level));
        contexts.put("env", Value.Obj.exact(variables));
        contexts.put("vars", order.contexts().vars());
        var job = new LinkedHashMap<String, Value>(containers);
        job.put("status", Value.of(status()));
        contexts.put("job", Value.of(job));
        contexts.put("steps", level.steps());
        contexts.put("runner", runner);
        contexts.put("secrets", secrets);
        contexts.put("strategy", order.contexts().strategy());
        contexts.put("matrix", order.contexts().matrix());
        contexts.put("needs", order.contexts().needs());
        contexts.put("inputs", level.inputs());
        boolean failed = level.failed();
        boolean over = cancelled();
        return Scope.of(contexts)
                .with(
                        Map.of(
                                "always", args -> Value.TRUE,
                                "cancelled", args -> Value.of(over),
                                "failure", args -> Value.of(failed && !over),
                                "success", args -> Value.of(!failed && !over),
                                "hashfiles", new FileHash(folders)::hash));
    }

    private Value runner() {
        var runner = new LinkedHashMap<String, String>();
        runner.put("os", "Linux");
        runner.put("arch", StandingVariables.architecture());
        runner.put("name", "rondo");
        runner.put("environment", "self-hosted");
        runner.put("temp", folders.temp().toString());
        runner.put("tool_cache", folders.tools().toString());
        runner.put("workspace", folders.root().toString());
        if (debug()) {
            runner.put("debug", "1");
        }
        return Value.texts(runner);
    }
}
