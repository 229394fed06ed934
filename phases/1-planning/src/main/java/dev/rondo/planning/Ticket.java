package dev.rondo.planning;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A work item.
 *
 * @param criteria acceptance criteria as Gherkin scenarios, or empty
 * @param estimate in points; -1 where there is none
 * @param assignee account, or empty
 * @param parent number of the epic or story that it belongs to, or 0
 * @param sprint id, or empty
 */
record Ticket(
        String project,
        long number,
        String type,
        String title,
        String description,
        String criteria,
        State state,
        long estimate,
        String assignee,
        long parent,
        String sprint,
        String rank,
        String createdBy,
        Instant createdAt,
        Instant movedAt,
        List<String> labels) {

    static final Set<String> TYPES = Set.of("epic", "story", "task", "bug");
    static final int TITLE_MOST = 200;
    static final int TEXT_MOST = 64 * 1024;
    static final int LABELS_MOST = 20;
    static final int LABEL_MOST = 40;
    static final long ESTIMATE_MOST = 1000;
    static final long NO_ESTIMATE = -1;

    Ticket withLabels(List<String> names) {
        return new Ticket(
                project,
                number,
                type,
                title,
                description,
                criteria,
                state,
                estimate,
                assignee,
                parent,
                sprint,
                rank,
                createdBy,
                createdAt,
                movedAt,
                names);
    }
}
