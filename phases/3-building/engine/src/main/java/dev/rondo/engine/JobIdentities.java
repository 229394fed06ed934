package dev.rondo.engine;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.JobEnvironment;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Value;
import dev.rondo.jobs.JobOrder;
import dev.rondo.records.Run;
import dev.rondo.results.JobIdentity;
import java.util.Map;

/** Says who a job is, for its tokens, from what its expressions see. */
final class JobIdentities {
    private JobIdentities() {}

    /**
     * @param defaultBranch of the project
     */
    static JobIdentity of(JobTask task, JobOrder order, String defaultBranch) {
        Run run = task.run();
        Value github = Value.of(order.contexts().github());
        return new JobIdentity(
                new JobIdentity.Place(
                        run.project(),
                        run.id(),
                        run.number(),
                        run.ordinal(),
                        run.attempt(),
                        task.row().id()),
                new JobIdentity.Source(
                        github.at("ref").text(),
                        github.at("sha").text(),
                        github.at("base_ref").text(),
                        github.at("head_ref").text(),
                        defaultBranch),
                new JobIdentity.Flow(
                        github.at("workflow").text(),
                        github.at("workflow_ref").text(),
                        called(task, github),
                        task.given().reference().isEmpty()
                                ? github.at("workflow_sha").text()
                                : task.given().sha(),
                        github.at("event_name").text(),
                        github.at("actor").text(),
                        environment(order)),
                new JobIdentity.Ids(
                        github.at("repository_id").text(),
                        github.at("repository_owner_id").text(),
                        github.at("actor_id").text()),
                task.given().permissions());
    }

    private static String called(JobTask task, Value github) {
        String called = task.given().reference();
        return called.isEmpty() ? github.at("workflow_ref").text() : called;
    }

    private static String environment(JobOrder order) {
        var contexts =
                Map.of(
                        "github", Value.of(order.contexts().github()),
                        "needs", order.contexts().needs(),
                        "strategy", order.contexts().strategy(),
                        "matrix", order.contexts().matrix(),
                        "inputs", order.contexts().inputs(),
                        "vars", order.contexts().vars());
        try {
            return order.job()
                    .environment()
                    .map((JobEnvironment where) -> where.name(Scope.of(contexts)))
                    .orElse("");
        } catch (ExpressionFault e) {
            return "";
        }
    }
}
