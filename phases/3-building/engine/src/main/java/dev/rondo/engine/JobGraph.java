package dev.rondo.engine;

import dev.rondo.actions.Scope;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.records.RunJob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pure decisions over the jobs of one workflow within a run: how a job ended as a whole, what those
 * behind it see of it, and whether its condition holds.
 */
final class JobGraph {
    private final Workflow workflow;
    private final Map<String, List<RunJob>> rows = new LinkedHashMap<>();

    JobGraph(Workflow workflow, Iterable<RunJob> jobs) {
        this.workflow = workflow;
        for (RunJob job : jobs) {
            rows.computeIfAbsent(job.job(), id -> new ArrayList<>()).add(job);
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
        return worst(of(job));
    }

    private static String worst(List<RunJob> jobs) {
        Set<String> results = new HashSet<>();
        jobs.forEach(row -> results.add(row.result()));
        for (String worst : List.of("failure", "cancelled", "success")) {
            if (results.contains(worst)) {
                return worst;
            }
        }
        return "skipped";
    }

    /** How a workflow that was called ended as a whole. */
    String result() {
        return worst(rows.values().stream().flatMap(List::stream).toList());
    }

    /** {@code needs} as a job sees it. */
    Value.Obj needs(Workflow.Job job) {
        return results(job.needs());
    }

    /** {@code jobs} as the outputs of a called workflow see it. */
    Value.Obj jobs() {
        return results(rows.keySet());
    }

    private Value.Obj results(Iterable<String> ids) {
        var results = new LinkedHashMap<String, Value>();
        for (String id : ids) {
            results.put(
                    id,
                    Value.of(Map.of("result", Value.of(result(id)), "outputs", outputs(of(id)))));
        }
        return Value.of(results);
    }

    /** The outputs of a matrix are those of the combination that ended last and says something. */
    private static Value.Obj outputs(List<RunJob> combinations) {
        var outputs = new LinkedHashMap<String, Value>();
        var ended = new ArrayList<>(combinations);
        ended.sort(java.util.Comparator.comparingLong(RunJob::finishedAt));
        for (RunJob row : ended) {
            if (Value.json(row.outputs()) instanceof Value.Obj made) {
                made.entries()
                        .forEach((name, value) -> {
                            if (!value.text().isEmpty() || !outputs.containsKey(name)) {
                                outputs.put(name, value);
                            }
                        });
            }
        }
        return Value.of(outputs);
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
    boolean holds(Workflow.Job job, Scope scope, boolean cancelled) {
        Set<String> above = ancestors(job);
        boolean failed = above.stream().anyMatch(id -> result(id).equals("failure"));
        boolean good = above.stream().allMatch(id -> result(id).equals("success"));
        return job.condition()
                .value(
                        scope.with(
                                Map.of(
                                        "always", args -> Value.TRUE,
                                        "cancelled", args -> Value.of(cancelled),
                                        "failure", args -> Value.of(failed && !cancelled),
                                        "success", args -> Value.of(good && !cancelled))))
                .truthy();
    }

    /** How the run ended; only when all are finished. */
    static String outcome(List<RunJob> jobs, boolean cancelled) {
        if (cancelled) {
            return "cancelled";
        }
        Set<String> outcomes = new HashSet<>();
        for (RunJob row : jobs) {
            outcomes.add(row.outcome().equals("interrupted") ? "interrupted" : row.result());
        }
        for (String worst : List.of("interrupted", "failure", "cancelled")) {
            if (outcomes.contains(worst)) {
                return worst;
            }
        }
        return !outcomes.isEmpty() && outcomes.stream().allMatch("skipped"::equals)
                ? "skipped"
                : "success";
    }

    /** One sentence about the first job that failed, or else was cancelled; or nothing. */
    static String message(List<RunJob> jobs) {
        for (Set<String> kind : List.of(Set.of("failure", "interrupted"), Set.of("cancelled"))) {
            for (RunJob row : jobs) {
                boolean said = kind.contains("failure") || !row.message().isEmpty();
                if (kind.contains(row.outcome()) && !row.allowed() && !row.opened() && said) {
                    return row.name() + (row.message().isEmpty() ? "" : ": " + row.message());
                }
            }
        }
        return "";
    }
}
