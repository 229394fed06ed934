package dev.rondo.building;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of {@code docs/workflows.md} that mean nothing in Rondo, and why: such an event starts
 * nothing, such a key is refused. {@code events/that_never_happen} and {@code bad/snapshot} show
 * what comes of them.
 */
final class NeverHere {
    private static final Map<String, String> REASONS = reasons();

    private NeverHere() {}

    /** Why a row, or the event that it is a filter of, never comes. */
    static Optional<String> why(String row) {
        String name = row.replaceFirst("^event ", "on.");
        return REASONS.entrySet().stream()
                .filter(one -> name.equals(one.getKey()) || name.startsWith(one.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> reasons() {
        var all = new LinkedHashMap<String, String>();
        all.put("on.branch_protection_rule", "no rules of branches that change one by one");
        String checks = "all checks are those of workflows, which start nothing on GitHub either";
        all.put("on.check_run", checks);
        all.put("on.check_suite", checks);
        all.put("on.discussion", "no discussions");
        all.put("on.discussion_comment", "no discussions");
        all.put("on.fork", "no forks");
        all.put("on.gollum", "no wiki");
        all.put("on.image_version", "no images of runners");
        all.put("on.label", "labels are words on work items");
        all.put("on.milestone", "sprints take the place of milestones and tell of themselves");
        all.put("on.page_build", "no hosting of pages");
        all.put("on.project", "GitHub has no such boards any more");
        all.put("on.project_card", "GitHub has no such boards any more");
        all.put("on.project_column", "GitHub has no such boards any more");
        all.put("on.public", "projects are not made public");
        all.put("on.pull_request_comment", "GitHub says issue_comment instead");
        all.put("on.registry_package", "artifacts are released, not published one by one");
        all.put("on.status", "no statuses of commits from outside");
        all.put("on.watch", "no stars");
        all.put("jobs.snapshot", "refused: no images of runners");
        return all;
    }
}
