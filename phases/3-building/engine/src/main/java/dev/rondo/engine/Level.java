package dev.rondo.engine;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Input;
import dev.rondo.actions.Matrix;
import dev.rondo.actions.Permissions;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowTree;
import dev.rondo.records.RunJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One workflow within a run: the first one, or one that a job calls. Knows what expressions of its
 * jobs see; decides nothing.
 */
final class Level {
    private static final int ID_LENGTH = 120;

    /**
     * Stands for {@code GITHUB_TOKEN} in secrets that are handed to a called workflow: each of its
     * jobs gets a token of its own when it starts. No secret that people keep has this sign in it.
     */
    static final String TOKEN = "\0GITHUB_TOKEN\0";

    private final Optional<Above> above;
    private final WorkflowTree tree;
    private final Map<String, Value> github;
    private final Map<String, String> variables;
    private final Value inputs;
    private final Map<String, Parallel> parallel = new HashMap<>();

    /** Where it is called: the level, the job, its row, and what that job's expressions saw. */
    private record Above(Level level, Workflow.Job job, RunJob row, Scope scope) {}

    /** {@code fail-fast} and {@code max-parallel} of a job. */
    record Parallel(boolean failFast, Optional<Integer> most) {}

    private Level(
            Optional<Above> above,
            WorkflowTree tree,
            Map<String, Value> github,
            Map<String, String> variables,
            Value inputs) {
        this.above = above;
        this.tree = tree;
        this.github = github;
        this.variables = variables;
        this.inputs = inputs;
    }

    static Level first(
            WorkflowTree tree, Map<String, Value> github, Map<String, String> variables) {
        return new Level(
                Optional.empty(), tree, github, variables, RunInputs.of(tree.workflow(), github));
    }

    /** The workflow that a job of this one calls. */
    Level called(Workflow.Job job, RunJob row, Scope scope, Value given) {
        WorkflowTree.Call call = call(job).orElseThrow();
        return new Level(
                Optional.of(new Above(this, job, row, scope)),
                call.tree(),
                github,
                variables,
                given);
    }

    Optional<WorkflowTree.Call> call(Workflow.Job job) {
        return Optional.ofNullable(tree.calls().get(job.id()));
    }

    Workflow workflow() {
        return tree.workflow();
    }

    /** Of the job that calls it; empty of the first one. */
    String caller() {
        return above.map(a -> a.row().id()).orElse("");
    }

    Optional<Level> up() {
        return above.map(Above::level);
    }

    Optional<Workflow.Job> callingJob() {
        return above.map(Above::job);
    }

    /** Which file, where it is a called one. */
    String reference() {
        return above.flatMap(a -> a.level().call(a.job()))
                .map(WorkflowTree.Call::reference)
                .orElse("");
    }

    Value inputs() {
        return inputs;
    }

    Optional<Permissions> permissions(Workflow.Job job) {
        return Optional.ofNullable(tree.permissions().get(job.id()));
    }

    /** The ids of claims that end only when this workflow does. */
    List<String> claimsAbove() {
        var claims = new ArrayList<String>();
        for (Optional<Level> at = Optional.of(this); at.isPresent(); at = at.get().up()) {
            String caller = at.get().caller();
            claims.add(caller);
            if (!caller.isEmpty()) {
                claims.add(caller + "/");
            }
        }
        return claims;
    }

    /** What its jobs are at the start: one row each, about which nothing is decided. */
    List<RunJob> rows(String run) {
        var rows = new ArrayList<RunJob>();
        for (Workflow.Job job : workflow().jobs()) {
            String name = title() + job.key("name").map(Template::source).orElse(job.id());
            rows.add(
                    RunJob.waiting(run, id(job), job.id(), name, rows.size(), job.needs())
                            .with(
                                    new RunJob.Call(
                                            caller(),
                                            call(job).map(WorkflowTree.Call::reference).orElse(""),
                                            "{}")));
        }
        return rows;
    }

    private String title() {
        return above.map(a -> a.row().name() + " / ").orElse("");
    }

    private String id(Workflow.Job job) {
        return id(caller(), job.id());
    }

    static String id(String caller, String job) {
        return bounded(caller.isEmpty() ? job : caller + "." + job);
    }

    /** Of a combination: never the same as that of another job. */
    String id(Workflow.Job job, int combination) {
        boolean taken =
                workflow().jobs().stream()
                        .anyMatch(other ->
                                other.id().startsWith(job.id() + "-")
                                        && other.id()
                                                .substring(job.id().length() + 1)
                                                .matches("[0-9]+"));
        return bounded(id(job) + (taken ? "." : "-") + combination);
    }

    /** Identifiers are names of files and parts of addresses. */
    private static String bounded(String id) {
        return id.length() <= ID_LENGTH
                ? id
                : id.substring(0, ID_LENGTH - 9)
                        + "~%08x".formatted(java.util.Arrays.hashCode(id.toCharArray()));
    }

    /** What keys of the whole workflow see. */
    Scope scope() {
        return Scope.of(
                Map.of(
                        "github", Value.of(github),
                        "vars", Value.texts(variables),
                        "inputs", inputs));
    }

    /** What a job's condition and its strategy see. */
    Scope scope(Workflow.Job job, JobGraph graph) {
        return with(scope(), Map.of("needs", graph.needs(job)));
    }

    /** What the other keys of a job see, of one combination. */
    Scope scope(
            Workflow.Job job,
            JobGraph graph,
            Map<String, Value> combination,
            JobTask.Strategy strategy) {
        return with(
                scope(job, graph),
                Map.of(
                        "matrix",
                        combination.isEmpty() ? Value.NOTHING : Value.of(combination),
                        "strategy",
                        strategy.value()));
    }

    private static Scope with(Scope scope, Map<String, Value> more) {
        var contexts = new LinkedHashMap<>(scope.contexts().entries());
        contexts.putAll(more);
        return Scope.of(contexts);
    }

    /** What outputs of a called workflow see. */
    Map<String, Value> outputs(JobGraph graph) {
        Scope scope = with(scope(), Map.of("jobs", graph.jobs()));
        var outputs = new LinkedHashMap<String, Value>();
        tree.workflow()
                .on()
                .callable()
                .ifPresent(takes ->
                        takes.outputs()
                                .forEach((name, output) ->
                                        outputs.put(
                                                name,
                                                Value.of(output.value().value(scope).text()))));
        return outputs;
    }

    Parallel parallel(Workflow.Job job, JobGraph graph) {
        Parallel known = parallel.get(job.id());
        if (known == null) {
            Scope scope = scope(job, graph);
            known = new Parallel(job.strategy().failsFast(scope), job.strategy().mostAtOnce(scope));
            parallel.put(job.id(), known);
        }
        return known;
    }

    String name(Workflow.Job job, Scope scope, Map<String, Value> combination) {
        Optional<Template> written = job.key("name");
        if (written.isEmpty()) {
            return title() + job.id() + Matrix.suffix(combination);
        }
        String name = written.get().value(scope).text();
        return title()
                + (written.get() instanceof Template.Literal
                        ? name + Matrix.suffix(combination)
                        : name);
    }

    /** What a job gives to the workflow that it calls, typed as that one declares it. */
    Value.Obj given(Workflow.Job job, Scope scope) {
        var given = new TreeMap<String, Template>(String.CASE_INSENSITIVE_ORDER);
        job.with().entries().forEach(entry -> given.put(entry.name(), entry.value()));
        var values = new LinkedHashMap<String, Value>();
        for (Input input : call(job).orElseThrow().takes().inputs()) {
            values.put(
                    input.name(),
                    Optional.ofNullable(given.get(input.name()))
                            .map(written -> typed(input, written.value(scope)))
                            .orElseGet(() -> typed(input, input.fallback(scope()))));
        }
        return Value.of(values);
    }

    private static Value typed(Input input, Value value) {
        boolean fits =
                switch (input.type()) {
                    case BOOLEAN -> value instanceof Value.Bool;
                    case NUMBER -> value instanceof Value.Num;
                    default -> value.primitive();
                };
        if (!fits) {
            throw ExpressionFault.failed(
                    "Unexpected value '%s' for input '%s': it must be a %s"
                            .formatted(
                                    value.text(),
                                    input.name(),
                                    input.type().name().toLowerCase(java.util.Locale.ROOT)));
        }
        return input.type() == Input.Type.STRING ? Value.of(value.text()) : value;
    }

    /** The secrets that its jobs see, from those of the project. */
    Map<String, String> secrets(Map<String, String> all) {
        if (above.isEmpty()) {
            return all;
        }
        Above calling = above.get();
        Map<String, String> outer = calling.level().secrets(all);
        if (calling.job().inheritsSecrets()) {
            return outer;
        }
        var seen = new TreeMap<>(outer);
        seen.put("GITHUB_TOKEN", TOKEN);
        var github = new LinkedHashMap<>(calling.level().github);
        github.put("token", Value.of(TOKEN));
        Scope scope =
                with(
                        calling.scope(),
                        Map.of("secrets", Value.texts(seen), "github", Value.of(github)));
        var passed = new TreeMap<String, String>();
        for (Template.Entry entry : calling.job().secrets().entries()) {
            passed.put(
                    entry.name().toUpperCase(java.util.Locale.ROOT),
                    entry.value().value(scope).text());
        }
        return passed;
    }
}
