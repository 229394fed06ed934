package dev.rondo.engine;

import dev.rondo.records.JobStore;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStore;
import dev.rondo.store.Ids;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * {@code concurrency}: of one group, which all workflows of a project share, one run or job goes on
 * and one waits. Who holds and who waits stands in the database, so a restart changes nothing.
 */
final class ConcurrencyGroups {
    /** How many may wait where a group keeps all of them, as on GitHub. */
    static final int MOST_WAITING = 100;

    private final Store store;
    private final Wake wake;

    /** Whom a change concerns; called after the commit. */
    interface Wake {
        /** Something that this run waits for may have come. */
        void look(String run);

        /** The run, or with a job only that, is to end. */
        void stop(String run, String job);
    }

    /**
     * What a run, or with a job that job, wants.
     *
     * @param above claims of the same run that end only after this one: "" is the run's own
     */
    record Wanted(
            String project,
            String group,
            String run,
            String job,
            boolean cancels,
            boolean keepsAll,
            Set<String> above) {
        String folded() {
            return group.toLowerCase(Locale.ROOT);
        }
    }

    sealed interface Answer {
        record Held() implements Answer {}

        /** Another run holds it, said by its number. */
        record Waiting(String holder) implements Answer {}

        record Refused(String message) implements Answer {}
    }

    private record Claim(String id, String run, String job, String state) {
        boolean holds() {
            return state.equals("held");
        }
    }

    ConcurrencyGroups(Store store, Wake wake) {
        this.store = store;
        this.wake = wake;
    }

    /** Asking again is asking once. */
    Answer ask(Wanted wanted) {
        return store.write(tx -> ask(tx, wanted));
    }

    private Answer ask(Tx tx, Wanted wanted) {
        List<Claim> claims = claims(tx.sql(), wanted.project(), wanted.folded());
        Optional<Claim> own =
                claims.stream()
                        .filter(c -> c.run().equals(wanted.run()) && c.job().equals(wanted.job()))
                        .findFirst();
        if (own.filter(Claim::holds).isPresent()) {
            return new Answer.Held();
        }
        Optional<Claim> holder = claims.stream().filter(Claim::holds).findFirst();
        if (holder.isEmpty() && own.isEmpty()) {
            insert(tx, wanted, "held");
            return new Answer.Held();
        }
        if (own.isPresent()) {
            return new Answer.Waiting(holder.map(c -> number(tx.sql(), c)).orElse(""));
        }
        Claim held = holder.orElseThrow();
        if (held.run().equals(wanted.run()) && wanted.above().contains(held.job())) {
            return new Answer.Refused(deadlock(tx.sql(), wanted, held));
        }
        List<Claim> waiting = claims.stream().filter(c -> !c.holds()).toList();
        if (wanted.keepsAll() && waiting.size() >= MOST_WAITING) {
            return new Answer.Refused(
                    "Canceling since %d requests for '%s' wait already"
                            .formatted(MOST_WAITING, wanted.group()));
        }
        String message =
                "Canceling since a higher priority waiting request for '%s' exists"
                        .formatted(wanted.group());
        if (!wanted.keepsAll()) {
            for (Claim older : waiting) {
                tx.sql().execute("DELETE FROM building_claims WHERE id = ?", older.id());
                end(tx, older, message);
            }
        }
        if (wanted.cancels()) {
            end(tx, held, message);
        }
        insert(tx, wanted, "waiting");
        return new Answer.Waiting(number(tx.sql(), held));
    }

    private static String deadlock(Handle sql, Wanted wanted, Claim held) {
        String holder = held.job().isEmpty() ? "top level workflow" : name(sql, held);
        return "Canceling since a deadlock for concurrency group '%s' was detected between '%s' and '%s'"
                .formatted(
                        wanted.group(),
                        holder,
                        name(sql, new Claim("", wanted.run(), wanted.job(), "")));
    }

    private static String name(Handle sql, Claim claim) {
        return RunRows.job(sql, claim.run(), row(claim.job()))
                .map(RunJob::name)
                .orElse(claim.job());
    }

    /** The claim of a called workflow has the id of its caller with a slash behind it. */
    private static String row(String job) {
        return job.endsWith("/") ? job.substring(0, job.length() - 1) : job;
    }

    private static String number(Handle sql, Claim claim) {
        return RunRows.run(sql, claim.run()).map(run -> "#" + run.number()).orElse("");
    }

    private void end(Tx tx, Claim claim, String message) {
        if (claim.job().isEmpty()) {
            RunStore.stop(tx.sql(), claim.run(), RunStore.SELF, message);
        } else {
            JobStore.stop(tx.sql(), claim.run(), row(claim.job()), message);
        }
        tx.afterCommit(() -> wake.stop(claim.run(), row(claim.job())));
    }

    private static void insert(Tx tx, Wanted wanted, String state) {
        tx.sql()
                .execute(
                        "INSERT INTO building_claims (id, project, group_name, run, job, state)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        Ids.next(),
                        wanted.project(),
                        wanted.folded(),
                        wanted.run(),
                        wanted.job(),
                        state);
    }

    /** What a job held or waited for is free; with an empty job, everything of the run. */
    void leave(String run, String job) {
        store.update(tx -> leave(tx, run, job));
    }

    void leave(Tx tx, String run, String job) {
        List<String> groups =
                tx.sql()
                        .createQuery(
                                "SELECT project, group_name FROM building_claims WHERE run = ?"
                                        + " AND (job = ? OR job = ? OR ? = '')")
                        .bind(0, run)
                        .bind(1, job)
                        .bind(2, job + "/")
                        .bind(3, job)
                        .map((r, c) -> r.getString(1) + "\n" + r.getString(2))
                        .list();
        if (groups.isEmpty()) {
            return;
        }
        tx.sql()
                .execute(
                        "DELETE FROM building_claims WHERE run = ? AND (job = ? OR job = ? OR ? = '')",
                        run,
                        job,
                        job + "/",
                        job);
        for (String group : groups) {
            String[] parts = group.split("\n", 2);
            promote(tx, parts[0], parts[1]);
        }
    }

    private void promote(Tx tx, String project, String group) {
        List<Claim> left = claims(tx.sql(), project, group);
        if (left.isEmpty() || left.stream().anyMatch(Claim::holds)) {
            return;
        }
        Claim next = left.getFirst();
        tx.sql().execute("UPDATE building_claims SET state = 'held' WHERE id = ?", next.id());
        tx.afterCommit(() -> wake.look(next.run()));
    }

    /** Oldest first. */
    private static List<Claim> claims(Handle sql, String project, String group) {
        return sql.createQuery(
                        "SELECT id, run, job, state FROM building_claims"
                                + " WHERE project = ? AND group_name = ? ORDER BY id")
                .bind(0, project)
                .bind(1, group)
                .map((r, c) ->
                        new Claim(r.getString(1), r.getString(2), r.getString(3), r.getString(4)))
                .list();
    }
}
