package dev.rondo.releasing;

import dev.rondo.store.Ids;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of freezes. */
final class FreezeStore {

    private FreezeStore() {}

    /** Those that touch a time, the earliest first. */
    static List<Freeze> between(Handle sql, String project, long from, long to) {
        return sql.createQuery(
                        "SELECT id, title, environment, starts_at, ends_at, made_by FROM"
                                + " releasing_freezes WHERE project = ? AND ends_at > ? AND"
                                + " starts_at < ? ORDER BY starts_at, id LIMIT 200")
                .bind(0, project)
                .bind(1, from)
                .bind(2, to)
                .map((row, ctx) ->
                        new Freeze(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getString(6)))
                .list();
    }

    static List<Freeze> at(Handle sql, String project, long now) {
        return between(sql, project, now, now + 1);
    }

    static Freeze insert(Handle sql, String project, Freeze wanted) {
        var freeze =
                new Freeze(
                        Ids.next(),
                        wanted.title(),
                        wanted.environment(),
                        wanted.startsAt(),
                        wanted.endsAt(),
                        wanted.madeBy());
        sql.createUpdate(
                        "INSERT INTO releasing_freezes (id, project, title, environment, starts_at,"
                                + " ends_at, made_by) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .bind(0, freeze.id())
                .bind(1, project)
                .bind(2, freeze.title())
                .bind(3, freeze.environment())
                .bind(4, freeze.startsAt())
                .bind(5, freeze.endsAt())
                .bind(6, freeze.madeBy())
                .execute();
        return freeze;
    }

    static boolean delete(Handle sql, String project, String id) {
        return sql.createUpdate("DELETE FROM releasing_freezes WHERE project = ? AND id = ?")
                        .bind(0, project)
                        .bind(1, id)
                        .execute()
                == 1;
    }
}
