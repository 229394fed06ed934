package dev.rondo.planning;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.store.Tx;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which commits name which items, and which push brought them. */
final class Commits {

    private Commits() {}

    /** A commit that names an item. */
    record Named(long number, String commit, boolean fixes, String subject, long push) {}

    static void keep(Tx tx, Event event, Fact.ChangePushed push) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO planning_pushes (project, ref, commit_id, push)"
                                + " VALUES (?, ?, ?, ?) ON CONFLICT (project, ref, commit_id)"
                                + " DO UPDATE SET push = excluded.push")
                .bind(0, event.project())
                .bind(1, push.ref())
                .bind(2, push.after())
                .bind(3, event.seq())
                .execute();
        for (var commit : push.commits()) {
            for (long number : commit.mentions()) {
                keep(tx, event, push.ref(), commit, number, commit.fixes().contains(number));
            }
            for (long number : commit.fixes()) {
                if (!commit.mentions().contains(number)) {
                    keep(tx, event, push.ref(), commit, number, true);
                }
            }
        }
    }

    /** A commit that comes again with another branch counts from its first push of a fix on. */
    private static void keep(
            Tx tx, Event event, String ref, Fact.Commit commit, long number, boolean fixes) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO planning_commits (project, commit_id, number, fixes, settled,"
                                + " ref, push, subject, author, at)"
                                + " VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (project, commit_id, number) DO UPDATE SET"
                                + " ref = excluded.ref, push = excluded.push")
                .bind(0, event.project())
                .bind(1, commit.id())
                .bind(2, number)
                .bind(3, fixes ? 1 : 0)
                .bind(4, ref)
                .bind(5, event.seq())
                .bind(6, commit.subject())
                .bind(7, commit.authorName())
                .bind(8, commit.authoredAt())
                .execute();
    }

    /** The push that brought a commit to the tip of a ref. */
    static Optional<Long> pushOf(Handle sql, String project, String ref, String commit) {
        return sql.createQuery(
                        "SELECT push FROM planning_pushes WHERE project = ? AND ref = ?"
                                + " AND commit_id = ?")
                .bind(0, project)
                .bind(1, ref)
                .bind(2, commit)
                .mapTo(Long.class)
                .findFirst();
    }

    /** Fixes that came to a ref up to a push and were not settled yet. */
    static List<Named> unsettled(Handle sql, String project, String ref, long upTo) {
        return sql.createQuery(
                        "SELECT number, commit_id, fixes, subject, push FROM planning_commits"
                                + " WHERE project = ? AND ref = ? AND push <= ? AND fixes = 1"
                                + " AND settled = 0 ORDER BY push, number")
                .bind(0, project)
                .bind(1, ref)
                .bind(2, upTo)
                .map((row, ctx) ->
                        new Named(
                                row.getLong(1),
                                row.getString(2),
                                row.getLong(3) == 1,
                                row.getString(4),
                                row.getLong(5)))
                .list();
    }

    static void settle(Tx tx, String project, Named named) {
        tx.sql()
                .createUpdate(
                        "UPDATE planning_commits SET settled = 1 WHERE project = ?"
                                + " AND commit_id = ? AND number = ?")
                .bind(0, project)
                .bind(1, named.commit())
                .bind(2, named.number())
                .execute();
    }

    /** The commits that name an item, the newest push first. */
    static List<Named> of(Handle sql, String project, long number, int limit) {
        return sql.createQuery(
                        "SELECT number, commit_id, fixes, subject, push FROM planning_commits"
                                + " WHERE project = ? AND number = ? ORDER BY push DESC LIMIT ?")
                .bind(0, project)
                .bind(1, number)
                .bind(2, limit)
                .map((row, ctx) ->
                        new Named(
                                row.getLong(1),
                                row.getString(2),
                                row.getLong(3) == 1,
                                row.getString(4),
                                row.getLong(5)))
                .list();
    }

    /** The items that a commit names. */
    static List<Long> numbersOf(Handle sql, String project, String commit) {
        return sql.createQuery(
                        "SELECT number FROM planning_commits WHERE project = ? AND commit_id = ?"
                                + " ORDER BY number")
                .bind(0, project)
                .bind(1, commit)
                .mapTo(Long.class)
                .list();
    }
}
