package dev.rondo.building;

import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.phase.WorkItems;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Work items without planning. */
final class WorkItemsOfJournal {
    private WorkItemsOfJournal() {}

    /** As planning would tell of it, from the journal alone. */
    static Optional<WorkItems.Item> item(Handle sql, String project, long number) {
        return JournalReads.of(sql, project, Subject.of("ticket", number), 1).stream()
                .map(event -> (Fact.TicketCreated) event.fact())
                .map(made ->
                        new WorkItems.Item(
                                number,
                                made.type(),
                                made.title(),
                                "What is to be done",
                                true,
                                made.labels(),
                                "",
                                "",
                                "olga",
                                java.time.Instant.EPOCH))
                .findFirst();
    }
}
