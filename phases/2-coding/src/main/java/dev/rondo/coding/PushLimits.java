package dev.rondo.coding;

import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.util.Map;
import java.util.Optional;

/** How large a push to a project may be: an owner's word, up to what the installation allows. */
final class PushLimits {

    /** Less would refuse a first commit. */
    static final long LEAST = 64L << 10;

    private final Store store;
    private final Journal journal;
    private final long most;

    /**
     * @param most the installation's limit, in bytes
     */
    PushLimits(Store store, Journal journal, long most) {
        this.store = store;
        this.journal = journal;
        this.most = most;
    }

    long most() {
        return most;
    }

    /** What the owner said; empty for as much as the installation allows. */
    Optional<Long> own(String project) {
        return store.read(sql ->
                sql.createQuery("SELECT max_push_bytes FROM coding_limits WHERE project = ?")
                        .bind(0, project)
                        .mapTo(Long.class)
                        .findFirst());
    }

    /** What holds: an installation's limit that was lowered later wins. */
    long of(String project) {
        return Math.min(most, own(project).orElse(most));
    }

    /**
     * @param bytes empty to take the installation's
     */
    Outcome<Long> set(Caller caller, Project project, Optional<Long> bytes) {
        if (bytes.isPresent() && (bytes.get() < Math.min(LEAST, most) || bytes.get() > most)) {
            return Outcome.refused("coding.limit.range", "maxPush", mebibytes(most));
        }
        store.update(tx -> {
            put(tx, project.name(), bytes);
            journal.append(
                    tx,
                    new Draft(
                            project.name(),
                            Subject.of("repository", project.name()),
                            caller.account(),
                            new Fact.AuditRecorded(
                                    "repository.limit",
                                    project.name(),
                                    Map.of(
                                            "maxPushBytes",
                                            bytes.map(String::valueOf).orElse("")))));
        });
        return Outcome.done(of(project.name()));
    }

    private static void put(Tx tx, String project, Optional<Long> bytes) {
        tx.sql()
                .createUpdate("DELETE FROM coding_limits WHERE project = ?")
                .bind(0, project)
                .execute();
        bytes.ifPresent(limit ->
                tx.sql()
                        .createUpdate(
                                "INSERT INTO coding_limits (project, max_push_bytes) VALUES (?, ?)")
                        .bind(0, project)
                        .bind(1, limit)
                        .execute());
    }

    static String mebibytes(long bytes) {
        return Long.toString(bytes >> 20);
    }
}
