package dev.rondo.settings;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.store.Tx;
import java.util.Map;

/** Who changed what, in the transaction that changes it. */
record Audit(Journal journal) {

    /**
     * The target is named below its project; of an environment's things the environment stands
     * between.
     */
    void append(
            Tx tx,
            String project,
            String action,
            String target,
            String by,
            Map<String, String> details) {
        journal.append(
                tx,
                new Draft(
                        project,
                        Subject.of("account", by),
                        by,
                        new Fact.AuditRecorded(action, project + "/" + target, details)));
    }

    static String target(String environment, String name) {
        return environment.isEmpty() ? name : environment + "/" + name;
    }
}
