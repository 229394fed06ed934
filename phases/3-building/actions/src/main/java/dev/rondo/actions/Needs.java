package dev.rondo.actions;

import dev.rondo.actions.Workflow.Job;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which job waits for which: finds the needs that nothing can satisfy. */
final class Needs {
    private Needs() {}

    static void check(List<Job> jobs, Position at, List<Mistake> mistakes) {
        if (jobs.stream().noneMatch(job -> job.needs().isEmpty())) {
            mistakes.add(
                    new Mistake(
                            at,
                            "The workflow must contain at least one job with no dependencies."));
            return;
        }
        var ids = new HashSet<String>();
        jobs.forEach(job -> ids.add(job.id()));
        var left = new ArrayList<>(jobs);
        var done = new HashSet<String>();
        while (left.removeIf(job -> done.containsAll(job.needs()) && done.add(job.id()))) {
            // each round satisfies more
        }
        for (Job job : left) {
            blame(job, ids, done, mistakes);
        }
    }

    private static void blame(Job job, Set<String> ids, Set<String> done, List<Mistake> mistakes) {
        List<Template> written = job.key("needs").map(Template::items).orElse(List.of());
        for (Template need : written) {
            String id = need.source();
            if (done.contains(id)) {
                continue;
            }
            mistakes.add(
                    ids.contains(id)
                            ? new Mistake(
                                    need.at(),
                                    "Job '%s' depends on job '%s' which creates a cycle in the dependency graph."
                                            .formatted(job.id(), id))
                            : new Mistake(
                                    need.at(),
                                    "Job '%s' depends on unknown job '%s'.".formatted(job.id(), id),
                                    "one of " + String.join(", ", ids.stream().sorted().toList())));
        }
    }
}
