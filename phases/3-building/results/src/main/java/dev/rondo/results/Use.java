package dev.rondo.results;

import org.jdbi.v3.core.Handle;

/** How much a project keeps; artifacts that expired take nothing. */
record Use(long artifacts, long artifactBytes, long caches, long cacheBytes) {

    static Use of(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT (SELECT COUNT(*) FROM building_archives WHERE project = :p"
                                + " AND expired = :no), (SELECT COALESCE(SUM(size), 0) FROM"
                                + " building_archives WHERE project = :p AND expired = :no),"
                                + " (SELECT COUNT(*) FROM building_caches WHERE project = :p),"
                                + " (SELECT COALESCE(SUM(size), 0) FROM building_caches WHERE"
                                + " project = :p)")
                .bind("p", project)
                .bind("no", false)
                .map((row, ctx) ->
                        new Use(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .one();
    }
}
