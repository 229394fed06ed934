package dev.rondo.monitoring;

import dev.rondo.journal.Event;
import dev.rondo.store.Micros;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tables {@code monitoring_service} and {@code monitoring_marker}. */
final class ServiceStore {

    /** More markers than this in one view would hide the lines. */
    private static final int MARKERS = 100;

    private ServiceStore() {}

    /**
     * @param version that takes the traffic; empty before the first one is live
     * @param candidate that gets {@code weight} percent of it meanwhile, or empty
     * @param seq of the latest event about it
     */
    record Watched(
            ServiceKey key,
            String version,
            String candidate,
            int weight,
            long changedAt,
            long seq) {}

    /** What is marked: deployed, rolledback, or a step that moved {@code weight} percent. */
    record Marker(long seq, long at, String kind, String version, int weight) {}

    static void deployed(Handle sql, ServiceKey key, String version, Event event) {
        put(sql, key, version, "", 0, event);
    }

    /** A step of a rollout: the version that was live stays so. */
    static void stepped(Handle sql, ServiceKey key, String candidate, int weight, Event event) {
        var live = find(sql, key).map(Watched::version).orElse("");
        put(sql, key, live, candidate, weight, event);
    }

    private static void put(
            Handle sql, ServiceKey key, String version, String candidate, int weight, Event event) {
        sql.createUpdate(
                        "INSERT INTO monitoring_service (project, service, environment, version,"
                                + " candidate, weight, changed_at, seq)"
                                + " VALUES (:project, :service, :environment, :version, :candidate,"
                                + " :weight, :at, :seq)"
                                + " ON CONFLICT (project, service, environment) DO UPDATE SET"
                                + " version = excluded.version, candidate = excluded.candidate,"
                                + " weight = excluded.weight, changed_at = excluded.changed_at,"
                                + " seq = excluded.seq")
                .bind("project", key.project())
                .bind("service", key.service())
                .bind("environment", key.environment())
                .bind("version", version)
                .bind("candidate", candidate)
                .bind("weight", weight)
                .bind("at", Micros.of(event.at()))
                .bind("seq", event.seq())
                .execute();
    }

    static void mark(
            Handle sql, ServiceKey key, String kind, String version, int weight, Event event) {
        sql.createUpdate(
                        "INSERT INTO monitoring_marker (seq, project, service, environment, at,"
                                + " kind, version, weight) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (seq) DO NOTHING")
                .bind(0, event.seq())
                .bind(1, key.project())
                .bind(2, key.service())
                .bind(3, key.environment())
                .bind(4, Micros.of(event.at()))
                .bind(5, kind)
                .bind(6, version)
                .bind(7, weight)
                .execute();
    }

    static List<Marker> markers(Handle sql, ServiceKey key, long from, long to) {
        return sql.createQuery(
                        "SELECT seq, at, kind, version, weight FROM monitoring_marker"
                                + " WHERE project = ? AND service = ? AND environment = ?"
                                + " AND at >= ? AND at <= ? ORDER BY at DESC LIMIT ?")
                .bind(0, key.project())
                .bind(1, key.service())
                .bind(2, key.environment())
                .bind(3, from)
                .bind(4, to)
                .bind(5, MARKERS)
                .map((row, ctx) ->
                        new Marker(
                                row.getLong(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getString(4),
                                row.getInt(5)))
                .list()
                .reversed();
    }

    static Optional<Watched> find(Handle sql, ServiceKey key) {
        return of(sql, key.project()).stream().filter(w -> w.key().equals(key)).findFirst();
    }

    /** All services of a project, by name; every project's for the empty name. */
    static List<Watched> of(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT project, service, environment, version, candidate, weight,"
                                + " changed_at, seq FROM monitoring_service"
                                + " WHERE project = :project OR :project = ''"
                                + " ORDER BY project, service, environment LIMIT 1000")
                .bind("project", project)
                .map((row, ctx) ->
                        new Watched(
                                new ServiceKey(
                                        row.getString(1), row.getString(2), row.getString(3)),
                                row.getString(4),
                                row.getString(5),
                                row.getInt(6),
                                row.getLong(7),
                                row.getLong(8)))
                .list();
    }
}
