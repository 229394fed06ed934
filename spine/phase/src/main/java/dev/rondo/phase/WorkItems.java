package dev.rondo.phase;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Work items as they stand now. Planning answers; building asks, because workflows that an item
 * starts read its whole text, which no event carries; {@code app} brings the two together.
 */
@FunctionalInterface
public interface WorkItems {

    Optional<Item> find(Handle sql, String project, long number);

    /**
     * One work item.
     *
     * @param type epic, story, task or bug
     * @param assignee account, or empty
     * @param sprint name, or empty
     */
    record Item(
            long number,
            String type,
            String title,
            String description,
            boolean open,
            List<String> labels,
            String assignee,
            String sprint,
            String createdBy,
            Instant createdAt) {}
}
