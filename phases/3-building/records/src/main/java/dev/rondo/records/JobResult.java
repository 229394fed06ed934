package dev.rondo.records;

import dev.rondo.actions.Value;
import dev.rondo.jobs.JobEnd;
import dev.rondo.journal.Fact;
import java.util.List;

/**
 * How a job ended. {@code outputs} is JSON; {@code allowed} lets a failure pass; {@code url} is
 * where its environment is reached.
 */
public record JobResult(
        String outcome,
        boolean allowed,
        String message,
        String outputs,
        List<Fact.StoredFile> reports,
        String url) {

    public static JobResult of(JobEnd end, List<Fact.StoredFile> reports) {
        return new JobResult(
                end.outcome(),
                end.allowed(),
                end.message(),
                Value.texts(end.outputs()).toJson(),
                reports,
                end.url());
    }

    public static JobResult of(String outcome, String message) {
        return new JobResult(outcome, false, message, "{}", List.of(), "");
    }

    public JobResult because(String reason) {
        return new JobResult(outcome, allowed, reason, outputs, reports, url);
    }
}
