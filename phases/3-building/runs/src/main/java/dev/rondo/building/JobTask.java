package dev.rondo.building;

import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.jobs.Contexts;
import dev.rondo.jobs.JobOrder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One job as it is to be run. */
record JobTask(
        Run run,
        RunJob row,
        Workflow workflow,
        Workflow.Job job,
        Value.Obj needs,
        Strategy strategy) {

    /** {@code index} counts from 0 of {@code total}; {@code maxParallel} 0 means no bound. */
    record Strategy(boolean failFast, int index, int total, int maxParallel) {
        Value.Obj value() {
            var values = new LinkedHashMap<String, Value>();
            values.put("fail-fast", Value.of(failFast));
            values.put("job-index", Value.of((double) index));
            values.put("job-total", Value.of((double) total));
            values.put("max-parallel", Value.of((double) (maxParallel == 0 ? total : maxParallel)));
            return Value.of(values);
        }
    }

    Value matrix() {
        Value matrix = Value.json(row.matrix());
        return matrix instanceof Value.Obj keys && keys.entries().isEmpty()
                ? Value.NOTHING
                : matrix;
    }

    /** As it is given to who runs it. */
    JobOrder order(URI server, Map<String, String> secrets) {
        Map<String, Value> github = GithubContext.of(run, workflow, server);
        return new JobOrder(
                run.id() + "-" + row.id(),
                run.project(),
                workflow,
                job,
                new Contexts(
                        github,
                        needs,
                        strategy.value(),
                        matrix(),
                        RunInputs.of(workflow, github),
                        Value.of(Map.of())),
                secrets,
                List.of(
                        "Workflow: " + workflow.name() + " (" + run.file() + ")",
                        "Job: " + row.name(),
                        "Commit: " + run.source().commit() + " (" + run.source().ref() + ")",
                        "Caused by: " + run.source().actor() + ", " + run.event().name()));
    }
}
