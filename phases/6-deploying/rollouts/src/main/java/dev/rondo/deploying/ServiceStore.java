package dev.rondo.deploying;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Which version lives where: the table deploying_services. */
final class ServiceStore {

    private static final String SELECT =
            "SELECT project, service, environment, version, previous, rollout, since"
                    + " FROM deploying_services ";

    private ServiceStore() {}

    /**
     * @param previous the version before, or empty
     * @param rollout the one that brought it
     */
    record Living(Place place, String version, String previous, String rollout, long since) {}

    static void put(Handle sql, Living living) {
        sql.createUpdate(
                        "INSERT INTO deploying_services (project, service, environment, version,"
                                + " previous, rollout, since) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT"
                                + " (project, service, environment) DO UPDATE SET version ="
                                + " excluded.version, previous = excluded.previous, rollout ="
                                + " excluded.rollout, since = excluded.since")
                .bind(0, living.place().project())
                .bind(1, living.place().service())
                .bind(2, living.place().environment())
                .bind(3, living.version())
                .bind(4, living.previous())
                .bind(5, living.rollout())
                .bind(6, living.since())
                .execute();
    }

    static Optional<Living> find(Handle sql, Place place) {
        return sql.createQuery(SELECT + "WHERE project = ? AND service = ? AND environment = ?")
                .bind(0, place.project())
                .bind(1, place.service())
                .bind(2, place.environment())
                .map(ServiceStore::row)
                .findFirst();
    }

    static List<Living> all(Handle sql) {
        return sql.createQuery(SELECT + "ORDER BY project, service, environment")
                .map(ServiceStore::row)
                .list();
    }

    static List<Living> of(Handle sql, String project) {
        return sql.createQuery(SELECT + "WHERE project = ? ORDER BY service, environment")
                .bind(0, project)
                .map(ServiceStore::row)
                .list();
    }

    private static Living row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Living(
                new Place(row.getString(1), row.getString(2), row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7));
    }
}
