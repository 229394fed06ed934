package dev.rondo.building;

import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import java.util.LinkedHashMap;
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

    Map<String, Value> github(java.net.URI server) {
        return GithubContext.of(run, workflow, server);
    }
}
