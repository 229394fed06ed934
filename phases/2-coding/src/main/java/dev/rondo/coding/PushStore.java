package dev.rondo.coding;

import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Fact;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** SQL of the tables coding_refs and coding_mentions. */
final class PushStore {

    private PushStore() {}

    /** Every ref that the journal knows of, with the object it points at. */
    static Map<String, String> knownRefs(Handle sql, String project) {
        var refs = new HashMap<String, String>();
        sql.createQuery("SELECT ref, target FROM coding_refs WHERE project = ?")
                .bind(0, project)
                .map((row, ctx) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(entry -> refs.put(entry.getKey(), entry.getValue()));
        return refs;
    }

    /** How many refs there are below a prefix. */
    static long count(Handle sql, String project, String prefix) {
        return sql.createQuery("SELECT COUNT(*) FROM coding_refs WHERE project = ? AND ref LIKE ?")
                .bind(0, project)
                .bind(1, prefix + "%")
                .mapTo(Long.class)
                .one();
    }

    static void move(Tx tx, String project, RefUpdate update) {
        if (update.deleted()) {
            tx.sql()
                    .createUpdate("DELETE FROM coding_refs WHERE project = ? AND ref = ?")
                    .bind(0, project)
                    .bind(1, update.ref())
                    .execute();
            return;
        }
        tx.sql()
                .createUpdate(
                        "INSERT INTO coding_refs (project, ref, target, moved_at)"
                                + " VALUES (?, ?, ?, ?) ON CONFLICT (project, ref)"
                                + " DO UPDATE SET target = excluded.target,"
                                + " moved_at = excluded.moved_at")
                .bind(0, project)
                .bind(1, update.ref())
                .bind(2, update.after())
                .bind(3, Micros.now())
                .execute();
    }

    static void mention(Tx tx, String project, Fact.Commit commit) {
        for (long ticket : commit.mentions()) {
            tx.sql()
                    .createUpdate(
                            "INSERT INTO coding_mentions (project, ticket, commit_id, fixes,"
                                    + " subject, author, authored_at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                    .bind(0, project)
                    .bind(1, ticket)
                    .bind(2, commit.id())
                    .bind(3, commit.fixes().contains(ticket))
                    .bind(4, commit.subject())
                    .bind(5, commit.authorName())
                    .bind(6, commit.authoredAt())
                    .execute();
        }
    }

    /** A commit that names a work item. */
    record Mention(String commit, boolean fixes, String subject, String author, long authoredAt) {}

    static List<Mention> mentions(Handle sql, String project, long ticket, int limit) {
        return sql.createQuery(
                        "SELECT commit_id, fixes, subject, author, authored_at FROM coding_mentions"
                                + " WHERE project = ? AND ticket = ?"
                                + " ORDER BY authored_at DESC LIMIT ?")
                .bind(0, project)
                .bind(1, ticket)
                .bind(2, limit)
                .map((row, ctx) ->
                        new Mention(
                                row.getString(1),
                                row.getBoolean(2),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5)))
                .list();
    }

    /** A tag that came together with many others. */
    static void heap(Tx tx, long seq) {
        tx.sql()
                .createUpdate("INSERT INTO coding_tag_heaps (seq) VALUES (?)")
                .bind(0, seq)
                .execute();
    }

    static boolean inHeap(Handle sql, long seq) {
        return sql.createQuery("SELECT COUNT(*) FROM coding_tag_heaps WHERE seq = ?")
                        .bind(0, seq)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }
}
