package dev.rondo.engine;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunStore;
import dev.rondo.settings.Environment;
import dev.rondo.settings.EnvironmentStore;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What reviewers said of the jobs that wait for an environment. */
final class ReviewRows {
    private ReviewRows() {}

    static Optional<Environment.Review> find(Handle sql, String run, String job) {
        return sql.createQuery(
                        "SELECT verdict, reviewer, comment FROM building_reviews"
                                + " WHERE run = ? AND job = ?")
                .bind(0, run)
                .bind(1, job)
                .map((r, c) ->
                        new Environment.Review(r.getString(1), r.getString(2), r.getString(3)))
                .findFirst();
    }

    /** The last word about a job counts, until it has passed. */
    static void put(RunStore runs, Tx tx, Run run, RunJob job, Environment.Review said) {
        String environment = EnvironmentStore.folded(job.gate().environment());
        int kept =
                tx.sql()
                        .execute(
                                "INSERT INTO building_reviews (run, job, environment, verdict, reviewer,"
                                        + " comment, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                                        + " ON CONFLICT (run, job) DO UPDATE SET verdict = excluded.verdict,"
                                        + " reviewer = excluded.reviewer, comment = excluded.comment,"
                                        + " at = excluded.at",
                                run.id(),
                                job.id(),
                                environment,
                                said.verdict(),
                                said.reviewer(),
                                said.comment(),
                                Micros.now());
        if (kept == 1) {
            runs.append(
                    tx,
                    run.project(),
                    Subject.of("account", said.reviewer()),
                    said.reviewer(),
                    new Fact.AuditRecorded(
                            "deployment." + said.verdict(),
                            run.project() + "/" + environment,
                            Map.of("run", run.id(), "job", job.id(), "comment", said.comment())),
                    List.of());
        }
    }
}
