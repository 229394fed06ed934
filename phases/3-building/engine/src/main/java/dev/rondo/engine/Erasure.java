package dev.rondo.engine;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.store.Tx;
import java.util.List;
import java.util.Map;

/**
 * Deletes a run with all its attempts, or their logs alone, because somebody asks for it. The
 * journal still knows what happened, and who deleted it.
 */
public final class Erasure {
    private static final List<String> TABLES =
            List.of("steps", "annotations", "tickets", "calls", "claims", "reviews", "jobs");

    private final Workshop shop;

    Erasure(Workshop shop) {
        this.shop = shop;
    }

    public Outcome<Run> run(Run run, String by) {
        return erase(run, by, "run.deleted", this::rows);
    }

    public Outcome<Run> logs(Run run, String by) {
        return erase(run, by, "run.logs.deleted", (tx, attempt) -> {});
    }

    private interface Rows {
        void delete(Tx tx, Run attempt);
    }

    private Outcome<Run> erase(Run run, String by, String action, Rows rows) {
        if (!run.finished() || !run.turn().latest()) {
            return Outcome.refused("building.delete.running", "", run.number());
        }
        List<Run> attempts =
                shop.spine()
                        .store()
                        .write(tx -> {
                            List<Run> all = RunRows.attempts(tx.sql(), run.project(), run.number());
                            all.forEach(attempt -> rows.delete(tx, attempt));
                            audit(tx, run, by, action);
                            return all;
                        });
        attempts.forEach(attempt -> shop.logs().delete(attempt.id()));
        shop.changed(run);
        return Outcome.done(run);
    }

    private void rows(Tx tx, Run attempt) {
        for (String table : TABLES) {
            tx.sql().execute("DELETE FROM building_" + table + " WHERE run = ?", attempt.id());
        }
        tx.sql().execute("DELETE FROM building_runs WHERE id = ?", attempt.id());
        shop.results().forget(tx, attempt.id());
    }

    private void audit(Tx tx, Run run, String by, String action) {
        shop.runs()
                .append(
                        tx,
                        run.project(),
                        Subject.of("account", by),
                        by,
                        new Fact.AuditRecorded(
                                action, run.project() + "/" + run.number(), Map.of()),
                        List.of());
    }
}
