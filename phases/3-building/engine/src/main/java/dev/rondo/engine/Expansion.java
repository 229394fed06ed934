package dev.rondo.engine;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.RunsOn;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.records.RunJob;
import dev.rondo.records.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** How one job becomes the combinations of its matrix, and what each of them sees. */
final class Expansion {
    private final Board board;

    Expansion(Board board) {
        this.board = board;
    }

    /** One row for each combination; throws {@link ExpressionFault} where that cannot be. */
    List<RunJob> rows(Level level, JobGraph graph, Workflow.Job job, RunJob row, long now) {
        List<Map<String, Value>> combinations =
                job.strategy().combinations(job.id(), level.scope(job, graph));
        boolean matrix = job.strategy().matrix().isPresent() && !combinations.isEmpty();
        var all = matrix ? combinations : List.of(Map.<String, Value>of());
        if (board.all().size() + all.size() > Limits.JOBS_OF_A_RUN) {
            throw ExpressionFault.failed("The run has more than " + Limits.JOBS_OF_A_RUN + " jobs");
        }
        Level.Parallel parallel = level.parallel(job, graph);
        var rows = new ArrayList<RunJob>();
        for (Map<String, Value> combination : all) {
            var how = strategy(parallel, rows.size(), all.size());
            Scope scope = level.scope(job, graph, combination, how);
            RunJob made =
                    row.queued(
                            matrix ? level.id(job, rows.size() + 1) : row.id(),
                            level.name(job, scope, combination),
                            Value.of(combination).toJson(),
                            now);
            rows.add(job.uses().isPresent() ? made : made.with(gate(job, scope, now)));
        }
        return rows;
    }

    private static RunJob.Gate gate(Workflow.Job job, Scope scope, long now) {
        RunsOn runsOn = RunsOn.of(job.runsOn().map(t -> t.value(scope)).orElse(Value.NOTHING));
        String environment = job.environment().map(e -> e.name(scope)).orElse("");
        return new RunJob.Gate(Gates.labels(runsOn), environment, "", Waits.NOT, "", now, "");
    }

    private static JobTask.Strategy strategy(Level.Parallel parallel, int index, int total) {
        return new JobTask.Strategy(parallel.failFast(), index, total, parallel.most().orElse(0));
    }

    JobTask.Strategy strategy(Level level, JobGraph graph, Workflow.Job job, RunJob row) {
        List<String> own = graph.of(job.id()).stream().map(RunJob::id).toList();
        return strategy(
                level.parallel(job, graph),
                Math.max(0, own.indexOf(row.id())),
                Math.max(1, own.size()));
    }

    Scope scope(Level level, JobGraph graph, Workflow.Job job, RunJob row) {
        Map<String, Value> combination =
                Value.json(row.matrix()) instanceof Value.Obj keys ? keys.entries() : Map.of();
        return level.scope(job, graph, combination, strategy(level, graph, job, row));
    }

    /** How many combinations may be on their way at once, where so many are already. */
    Optional<Integer> full(
            Level level, JobGraph graph, Workflow.Job job, RunJob row, Predicate<String> placed) {
        return level.parallel(job, graph)
                .most()
                .filter(most ->
                        graph.of(job.id()).stream()
                                        .filter(other -> !other.id().equals(row.id()))
                                        .map(other -> board.row(other.id()).orElse(other))
                                        .filter(other -> placed.test(other.id()) || onItsWay(other))
                                        .count()
                                >= most);
    }

    private static boolean onItsWay(RunJob row) {
        String waits = row.gate().waits().kind();
        return row.running()
                || row.state().equals("queued") && !waits.isEmpty() && !waits.equals("parallel");
    }
}
