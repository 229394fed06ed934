package dev.rondo.access;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.store.Tx;
import java.util.Map;

/** Writes audit entries: who did what to which account, token or role. */
final class Audit {

    private final Journal journal;

    Audit(Journal journal) {
        this.journal = journal;
    }

    void record(
            Tx tx,
            String project,
            String actor,
            String action,
            String target,
            Map<String, String> details) {
        journal.append(
                tx,
                new Draft(
                        project,
                        Subject.of("account", target),
                        actor,
                        new Fact.AuditRecorded(action, target, details)));
    }
}
