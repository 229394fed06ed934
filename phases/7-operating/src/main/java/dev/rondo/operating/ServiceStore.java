package dev.rondo.operating;

import dev.rondo.operating.Incident.Place;
import dev.rondo.operating.Service.Care;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** SQL of services. */
final class ServiceStore {

    private static final String SELECT =
            "SELECT project, service, environment, version, commit_id, deployed_at, owners,"
                    + " on_call, escalation, escalate_after, runbook FROM operating_services ";

    private ServiceStore() {}

    /** Makes the service known; one that is known stays as it is. */
    static void appear(Tx tx, String project, Place place) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO operating_services (project, service, environment, version,"
                                + " commit_id, deployed_at, owners, on_call, escalation,"
                                + " escalate_after, runbook)"
                                + " VALUES (?, ?, ?, '', '', 0, '', '', '', ?, '')"
                                + " ON CONFLICT DO NOTHING")
                .bind(0, project)
                .bind(1, place.service())
                .bind(2, place.environment())
                .bind(3, Care.UNSAID.escalateAfterMinutes())
                .execute();
    }

    static void deployed(Tx tx, String project, Place place, Deployed deployed) {
        tx.sql()
                .createUpdate(
                        "UPDATE operating_services SET version = ?, commit_id = ?, deployed_at = ?"
                                + " WHERE project = ? AND service = ? AND environment = ?")
                .bind(0, deployed.version())
                .bind(1, deployed.commit())
                .bind(2, Micros.of(deployed.at()))
                .bind(3, project)
                .bind(4, place.service())
                .bind(5, place.environment())
                .execute();
    }

    /** What serves all traffic, and since when. */
    record Deployed(String version, String commit, Instant at) {}

    static void care(Tx tx, String project, Place place, Care care) {
        tx.sql()
                .createUpdate(
                        "UPDATE operating_services SET owners = ?, on_call = ?, escalation = ?,"
                                + " escalate_after = ?, runbook = ?"
                                + " WHERE project = ? AND service = ? AND environment = ?")
                .bind(0, String.join(" ", care.owners()))
                .bind(1, care.onCall())
                .bind(2, care.escalation())
                .bind(3, care.escalateAfterMinutes())
                .bind(4, care.runbook())
                .bind(5, project)
                .bind(6, place.service())
                .bind(7, place.environment())
                .execute();
    }

    static Optional<Service> find(Handle sql, String project, Place place) {
        return sql.createQuery(SELECT + "WHERE project = ? AND service = ? AND environment = ?")
                .bind(0, project)
                .bind(1, place.service())
                .bind(2, place.environment())
                .map(ServiceStore::row)
                .findFirst();
    }

    /** All of a project: a handful, bounded all the same. */
    static List<Service> list(Handle sql, String project) {
        return sql.createQuery(SELECT + "WHERE project = ? ORDER BY service, environment LIMIT 500")
                .bind(0, project)
                .map(ServiceStore::row)
                .list();
    }

    static long count(Handle sql, String project) {
        return sql.createQuery("SELECT COUNT(*) FROM operating_services WHERE project = ?")
                .bind(0, project)
                .mapTo(Long.class)
                .one();
    }

    private static Service row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Service(
                row.getString("project"),
                new Place(row.getString("service"), row.getString("environment")),
                row.getString("version"),
                row.getString("commit_id"),
                Micros.toInstant(row.getLong("deployed_at")),
                new Care(
                        Arrays.stream(row.getString("owners").split(" "))
                                .filter(name -> !name.isEmpty())
                                .toList(),
                        row.getString("on_call"),
                        row.getString("escalation"),
                        row.getLong("escalate_after"),
                        row.getString("runbook")));
    }
}
