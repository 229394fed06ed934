package dev.rondo.engine;

import dev.rondo.actions.Permissions;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.jobs.Contexts;
import dev.rondo.jobs.JobOrder;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One job as it is to be run.
 *
 * @param workflow in which the job stands: of a run that calls others not always the first one
 */
record JobTask(
        Run run,
        RunJob row,
        Workflow workflow,
        Workflow.Job job,
        Value.Obj needs,
        Strategy strategy,
        Given given) {

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

    /**
     * What the job may know and do.
     *
     * @param reference the complete reference of the called workflow that it stands in, or empty
     * @param sha the commit at which that workflow was read
     * @param station where it runs
     */
    record Given(
            Value inputs,
            Map<String, String> secrets,
            Map<String, String> variables,
            Permissions permissions,
            String reference,
            String sha,
            Station station) {

        /** A secret may be in it. */
        @Override
        public String toString() {
            return "Given[" + reference + "]";
        }
    }

    Value matrix() {
        Value matrix = Value.json(row.matrix());
        return matrix instanceof Value.Obj keys && keys.entries().isEmpty()
                ? Value.NOTHING
                : matrix;
    }

    /** As it is given to who runs it. */
    JobOrder order(Map<String, Value> github) {
        github.put("workflow", Value.of(run.name()));
        if (!given.reference().isEmpty()) {
            github.put("job_workflow_sha", Value.of(given.sha()));
        }
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
                        given.inputs(),
                        Value.texts(given.variables())),
                given.secrets(),
                intro());
    }

    private List<String> intro() {
        var lines = new ArrayList<String>();
        lines.add("Workflow: " + run.name() + " (" + run.file() + ")");
        if (!given.reference().isEmpty()) {
            lines.add("Uses: " + given.reference() + " (" + given.sha() + ")");
        }
        lines.add("Job: " + row.name());
        lines.add("Commit: " + run.source().commit() + " (" + run.source().ref() + ")");
        lines.add("Caused by: " + run.source().actor() + ", " + run.event().name());
        lines.add("##[group]GITHUB_TOKEN Permissions");
        tokenMay().forEach((scope, level) -> lines.add(scope + ": " + level));
        lines.add("##[endgroup]");
        return lines;
    }

    /** In the spelling and order of the runner; an identity token is no right of this token. */
    private SortedMap<String, String> tokenMay() {
        var rights = new TreeMap<>(Map.of("Metadata", Permissions.Level.READ.text()));
        var scopes = new LinkedHashSet<>(Permissions.SCOPES);
        scopes.addAll(given.permissions().levels().keySet());
        for (String scope : scopes) {
            Permissions.Level level = given.permissions().level(scope);
            if (level != Permissions.Level.NONE && !scope.equals("id-token")) {
                rights.put(spelled(scope), level.text());
            }
        }
        return rights;
    }

    /** {@code pull-requests} is {@code PullRequests}. */
    private static String spelled(String scope) {
        return Stream.of(scope.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
