package dev.rondo.results;

import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.time.Duration;
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
    record Wish(long artifactDays, long logDays, long cacheDays, long cacheBytes) {
        static final Wish NONE = new Wish(0, 0, 0, 0);
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

    /** Whoever is asked for more gives what there is. */
    private Retention within(Wish wish) {
        return new Retention(
                shorter(wish.artifactDays(), most.artifacts()),
                shorter(wish.cacheDays(), most.cacheUnused()),
                wish.cacheBytes() == 0
                        ? most.cacheBytes()
                        : Math.min(wish.cacheBytes(), most.cacheBytes()),
                shorter(wish.logDays(), most.logs()));
    }

    private static Duration shorter(long days, Duration most) {
        var wanted = Duration.ofDays(days);
        return days == 0 || wanted.compareTo(most) > 0 ? most : wanted;
    }

    static Wish wish(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT artifact_days, log_days, cache_days, cache_bytes"
                                + " FROM building_retention WHERE project = ?")
                .bind(0, project)
                .map((row, ctx) ->
                        new Wish(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .findFirst()
                .orElse(Wish.NONE);
    }

    static void put(Tx tx, String project, Wish wish) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO building_retention (project, artifact_days, log_days,"
                                + " cache_days, cache_bytes) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (project) DO UPDATE SET"
                                + " artifact_days = excluded.artifact_days,"
                                + " log_days = excluded.log_days,"
                                + " cache_days = excluded.cache_days,"
                                + " cache_bytes = excluded.cache_bytes")
                .bind(0, project)
                .bind(1, wish.artifactDays())
                .bind(2, wish.logDays())
                .bind(3, wish.cacheDays())
                .bind(4, wish.cacheBytes())
                .execute();
    }
}
