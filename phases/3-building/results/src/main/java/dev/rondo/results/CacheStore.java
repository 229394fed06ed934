package dev.rondo.results;

import dev.rondo.store.Blobs;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of caches. */
final class CacheStore {

    private static final String SELECT =
            "SELECT number, project, ref, cache_key, version, digest, size, created_at, used_at"
                    + " FROM building_caches ";

    private CacheStore() {}

    /**
     * The cache that GitHub would give: branch by branch, in each key by key, for each an equal one
     * before the newest one that begins so.
     */
    static Optional<CacheEntry> find(
            Handle sql, String project, List<String> refs, List<String> keys, String version) {
        for (String ref : refs) {
            for (String key : keys) {
                var found =
                        sql.createQuery(
                                        SELECT
                                                + "WHERE project = ? AND ref = ? AND version = ?"
                                                + " AND substr(cache_key, 1, ?) = ?"
                                                + " ORDER BY CASE WHEN cache_key = ? THEN 0 ELSE 1"
                                                + " END, created_at DESC, number DESC LIMIT 1")
                                .bind(0, project)
                                .bind(1, ref)
                                .bind(2, version)
                                .bind(3, key.codePointCount(0, key.length()))
                                .bind(4, key)
                                .bind(5, key)
                                .map(CacheStore::row)
                                .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    static boolean exists(Handle sql, String project, String ref, String key, String version) {
        return sql.createQuery(
                                "SELECT COUNT(*) FROM building_caches WHERE project = ? AND ref = ?"
                                        + " AND cache_key = ? AND version = ?")
                        .bind(0, project)
                        .bind(1, ref)
                        .bind(2, key)
                        .bind(3, version)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Empty when there is one with that key already: caches are never overwritten. */
    static Optional<CacheEntry> add(
            Tx tx, String project, String ref, Upload.Target.Cache target, Blobs.Blob blob) {
        if (exists(tx.sql(), project, ref, target.key(), target.version())) {
            return Optional.empty();
        }
        long now = Micros.now();
        var entry =
                new CacheEntry(
                        Numbers.next(tx, "cache"),
                        project,
                        ref,
                        target.key(),
                        target.version(),
                        blob.digest(),
                        blob.size(),
                        now,
                        now);
        insert(tx, entry);
        return Optional.of(entry);
    }

    private static void insert(Tx tx, CacheEntry entry) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO building_caches (number, project, ref, cache_key, version,"
                                + " digest, size, created_at, used_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .bind(0, entry.number())
                .bind(1, entry.project())
                .bind(2, entry.ref())
                .bind(3, entry.key())
                .bind(4, entry.version())
                .bind(5, entry.digest())
                .bind(6, entry.size())
                .bind(7, entry.createdAt())
                .bind(8, entry.usedAt())
                .execute();
    }

    /** One of another database, with a number of this one. */
    static void restore(Tx tx, CacheEntry entry) {
        insert(
                tx,
                new CacheEntry(
                        Numbers.next(tx, "cache"),
                        entry.project(),
                        entry.ref(),
                        entry.key(),
                        entry.version(),
                        entry.digest(),
                        entry.size(),
                        entry.createdAt(),
                        entry.usedAt()));
    }

    /** In the order in which they were made. */
    static List<CacheEntry> all(Handle sql) {
        return sql.createQuery(SELECT + "ORDER BY number").map(CacheStore::row).list();
    }

    static void used(Tx tx, CacheEntry entry) {
        tx.sql()
                .createUpdate("UPDATE building_caches SET used_at = ? WHERE number = ?")
                .bind(0, Micros.now())
                .bind(1, entry.number())
                .execute();
    }

    /** Which caches a list shows; a key matches what begins so; empty stands for all. */
    record Filter(String project, String ref, String key) {}

    /** What GitHub's lists sort by. */
    enum Order {
        CREATED_AT("created_at"),
        LAST_ACCESSED_AT("used_at"),
        SIZE_IN_BYTES("size");

        private final String column;

        Order(String column) {
            this.column = column;
        }
    }

    record Sorting(Order order, boolean descending) {
        String sql() {
            var direction = descending ? " DESC" : " ASC";
            return " ORDER BY " + order.column + direction + ", number" + direction;
        }
    }

    static List<CacheEntry> page(Handle sql, Filter filter, Sorting sorting, int skip, int rows) {
        return bind(sql.createQuery(SELECT + WHERE + sorting.sql() + " LIMIT ? OFFSET ?"), filter)
                .bind(6, rows)
                .bind(7, skip)
                .map(CacheStore::row)
                .list();
    }

    static long count(Handle sql, Filter filter) {
        return bind(sql.createQuery("SELECT COUNT(*) FROM building_caches " + WHERE), filter)
                .mapTo(Long.class)
                .one();
    }

    private static final String WHERE =
            "WHERE project = ? AND (? = '' OR ref = ?) AND (? = '' OR substr(cache_key, 1, ?) = ?)";

    private static org.jdbi.v3.core.statement.Query bind(
            org.jdbi.v3.core.statement.Query query, Filter filter) {
        return query.bind(0, filter.project())
                .bind(1, filter.ref())
                .bind(2, filter.ref())
                .bind(3, filter.key())
                .bind(4, filter.key().codePointCount(0, filter.key().length()))
                .bind(5, filter.key());
    }

    static Optional<CacheEntry> find(Handle sql, String project, long number) {
        return sql.createQuery(SELECT + "WHERE project = ? AND number = ?")
                .bind(0, project)
                .bind(1, number)
                .map(CacheStore::row)
                .findFirst();
    }

    static void delete(Tx tx, CacheEntry entry) {
        tx.sql()
                .createUpdate("DELETE FROM building_caches WHERE number = ?")
                .bind(0, entry.number())
                .execute();
    }

    /** Deletes what a project has above its limit, least recently used first. */
    static List<CacheEntry> evict(Tx tx, String project, long limit) {
        long bytes =
                tx.sql()
                        .createQuery(
                                "SELECT COALESCE(SUM(size), 0) FROM building_caches"
                                        + " WHERE project = ?")
                        .bind(0, project)
                        .mapTo(Long.class)
                        .one();
        var gone = new ArrayList<CacheEntry>();
        while (bytes > limit) {
            var oldest =
                    tx.sql()
                            .createQuery(
                                    SELECT + "WHERE project = ? ORDER BY used_at, number LIMIT 1")
                            .bind(0, project)
                            .map(CacheStore::row)
                            .findFirst();
            if (oldest.isEmpty()) {
                break;
            }
            delete(tx, oldest.get());
            gone.add(oldest.get());
            bytes -= oldest.get().size();
        }
        return gone;
    }

    /** Those that have any. */
    static List<String> projects(Handle sql) {
        return sql.createQuery("SELECT DISTINCT project FROM building_caches")
                .mapTo(String.class)
                .list();
    }

    /** Those that nobody asked for since then. */
    static List<CacheEntry> unused(Handle sql, String project, long since, int rows) {
        return sql.createQuery(
                        SELECT + "WHERE project = ? AND used_at < ? ORDER BY used_at LIMIT ?")
                .bind(0, project)
                .bind(1, since)
                .bind(2, rows)
                .map(CacheStore::row)
                .list();
    }

    static boolean needs(Handle sql, String digest) {
        return sql.createQuery("SELECT COUNT(*) FROM building_caches WHERE digest = ?")
                        .bind(0, digest)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static CacheEntry row(ResultSet row, StatementContext ctx) throws SQLException {
        return new CacheEntry(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9));
    }
}
