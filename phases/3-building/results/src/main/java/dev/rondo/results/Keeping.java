package dev.rondo.results;

import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import org.jdbi.v3.core.Handle;

/**
 * How long and how much each project keeps: what the installation allows, or less where an owner
 * says so. It is read each time, so that a change counts at once.
 */
final class Keeping {

    private final Store store;
    private final Retention most;

    Keeping(Store store, Retention most) {
        this.store = store;
        this.most = most;
    }

    /** What an owner asks for; 0 for what the installation allows. */
    record Wish(Part artifacts, Part caches, Part logs) {
        static final Wish NONE = new Wish(Part.NONE, Part.NONE, Part.NONE);
    }

    record Part(long days, long bytes) {
        static final Part NONE = new Part(0, 0);
    }

    Retention most() {
        return most;
    }

    Retention of(String project) {
        return store.read(sql -> of(sql, project));
    }

    Retention of(Handle sql, String project) {
        return within(wish(sql, project));
    }

    private Retention within(Wish wish) {
        return new Retention(
                within(most.artifacts(), wish.artifacts()),
                within(most.caches(), wish.caches()),
                within(most.logs(), wish.logs()));
    }

    private static Retention.Most within(Retention.Most most, Part wish) {
        return most.within(wish.days(), wish.bytes());
    }

    static Wish wish(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT artifact_days, artifact_bytes, cache_days, cache_bytes, log_days,"
                                + " log_bytes FROM building_retention WHERE project = ?")
                .bind(0, project)
                .map((row, ctx) ->
                        new Wish(
                                new Part(row.getLong(1), row.getLong(2)),
                                new Part(row.getLong(3), row.getLong(4)),
                                new Part(row.getLong(5), row.getLong(6))))
                .findFirst()
                .orElse(Wish.NONE);
    }

    static void put(Tx tx, String project, Wish wish) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO building_retention (project, artifact_days, artifact_bytes,"
                                + " cache_days, cache_bytes, log_days, log_bytes)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (project) DO UPDATE SET"
                                + " artifact_days = excluded.artifact_days,"
                                + " artifact_bytes = excluded.artifact_bytes,"
                                + " cache_days = excluded.cache_days,"
                                + " cache_bytes = excluded.cache_bytes,"
                                + " log_days = excluded.log_days,"
                                + " log_bytes = excluded.log_bytes")
                .bind(0, project)
                .bind(1, wish.artifacts().days())
                .bind(2, wish.artifacts().bytes())
                .bind(3, wish.caches().days())
                .bind(4, wish.caches().bytes())
                .bind(5, wish.logs().days())
                .bind(6, wish.logs().bytes())
                .execute();
    }
}
