package dev.rondo.building;

import dev.rondo.actions.Expression;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pure decisions over the jobs of a run: how a job of the workflow ended as a whole, what those
 * behind it see of it, and whether its condition holds.
 */
final class JobGraph {
    private final Workflow workflow;
    private final Map<String, List<RunJob>> rows = new LinkedHashMap<>();

    JobGraph(Workflow workflow, Iterable<RunJob> jobs) {
        this.workflow = workflow;
        for (RunJob job : jobs) {
            rows.computeIfAbsent(job.job(), id -> new java.util.ArrayList<>()).add(job);
        }
    }

    List<RunJob> of(String job) {
        return rows.getOrDefault(job, List.of());
    }

    boolean finished(String job) {
        List<RunJob> all = of(job);
        return !all.isEmpty() && all.stream().allMatch(RunJob::finished);
    }

    /** Whether everything that a job needs has ended. */
    boolean ready(Workflow.Job job) {
        return job.needs().stream().allMatch(this::finished);
    }

    /** success, failure, cancelled or skipped. */
    String result(String job) {
        Set<String> results = new HashSet<>();
        of(job).forEach(row -> results.add(row.result()));
        for (String worst : List.of("failure", "cancelled", "success")) {
            if (results.contains(worst)) {
                return worst;
            }
        }
        return "skipped";
    }

    /**
     * {@code needs} as a job sees it: the outputs of a matrix are those of its last combination.
     */
    Value.Obj needs(Workflow.Job job) {
        var needs = new LinkedHashMap<String, Value>();
        for (String id : job.needs()) {
            var outputs = new LinkedHashMap<String, Value>();
            for (RunJob row : of(id)) {
                if (Value.json(row.outputs()) instanceof Value.Obj made) {
                    made.entries()
                            .forEach((name, value) -> {
                                if (!value.text().isEmpty() || !outputs.containsKey(name)) {
                                    outputs.put(name, value);
                                }
                            });
                }
            }
            needs.put(
                    id,
                    Value.of(Map.of("result", Value.of(result(id)), "outputs", Value.of(outputs))));
        }
        return Value.of(needs);
    }

    /** Everything that a job waits for, also through others: what status functions look at. */
    private Set<String> ancestors(Workflow.Job job) {
        var ancestors = new HashSet<String>();
        var waiting = new ArrayDeque<>(job.needs());
        while (!waiting.isEmpty()) {
            String id = waiting.poll();
            if (ancestors.add(id)) {
                workflow.job(id).ifPresent(above -> waiting.addAll(above.needs()));
            }
        }
        return ancestors;
    }

    /** Whether the job's {@code if} holds; throws where it cannot be evaluated. */
    boolean holds(Workflow.Job job, Map<String, Value> github, boolean cancelled) {
        Expression condition = job.condition();
        Set<String> above = ancestors(job);
        boolean failed = above.stream().anyMatch(id -> result(id).equals("failure"));
        boolean good = above.stream().allMatch(id -> result(id).equals("success"));
        Scope scope =
                Scope.of(
                                Map.of(
                                        "github",
                                        Value.of(github),
                                        "needs",
                                        needs(job),
                                        "vars",
                                        Value.of(Map.of()),
                                        "inputs",
                                        RunInputs.of(workflow, github)))
                        .with(
                                Map.of(
                                        "always", args -> Value.TRUE,
                                        "cancelled", args -> Value.of(cancelled),
                                        "failure", args -> Value.of(failed && !cancelled),
                                        "success", args -> Value.of(good && !cancelled)));
        return condition.value(scope).truthy();
    }

    /** How the run ended, and the job that decided; only when all are finished. */
    String outcome(boolean cancelled) {
        Set<String> outcomes = new HashSet<>();
        rows.values()
                .forEach(all ->
                        all.forEach(row ->
                                outcomes.add(
                                        row.outcome().equals("interrupted")
                                                ? "interrupted"
                                                : row.result())));
        if (cancelled) {
            return "cancelled";
        }
        for (String worst : List.of("interrupted", "failure", "cancelled")) {
            if (outcomes.contains(worst)) {
                return worst;
            }
        }
        return "success";
    }

    /** One sentence about the first job that failed, or nothing. */
    String message() {
        return rows.values().stream()
                .flatMap(List::stream)
                .filter(row -> Set.of("failure", "interrupted").contains(row.outcome()))
                .filter(row -> !row.allowed())
                .findFirst()
                .map(row -> row.name() + (row.message().isEmpty() ? "" : ": " + row.message()))
                .orElse("");
    }
}
