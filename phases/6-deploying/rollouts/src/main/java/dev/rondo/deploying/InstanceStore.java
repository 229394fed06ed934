package dev.rondo.deploying;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table deploying_instances. */
final class InstanceStore {

    private static final String SELECT = "SELECT * FROM deploying_instances ";

    private InstanceStore() {}

    /** The words of {@code InstanceChanged}, and {@code failed} for one that was given up. */
    enum State {
        STARTING,
        HEALTHY,
        UNHEALTHY,
        FAILED,
        STOPPED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /**
     * One process of a version.
     *
     * @param handle of the sandbox, encoded, or empty while there is none
     * @param wanted false once it is to drain and stop
     * @param problem why it is not well, or {@link Reason#NONE}
     */
    record Row(
            String id,
            Place place,
            String version,
            String rollout,
            String handle,
            int port,
            State state,
            boolean wanted,
            Reason problem) {

        boolean healthy() {
            return state == State.HEALTHY && port > 0;
        }

        boolean stopped() {
            return state == State.STOPPED;
        }
    }

    static void insert(Handle sql, String id, Rollout rollout, long now) {
        var place = rollout.place();
        sql.createUpdate(
                        "INSERT INTO deploying_instances (id, project, service, environment,"
                                + " version, rollout, handle, port, state, wanted, restarts,"
                                + " problem, since) VALUES (?, ?, ?, ?, ?, ?, '', 0, 'starting', 1,"
                                + " 0, '', ?)")
                .bind(0, id)
                .bind(1, place.project())
                .bind(2, place.service())
                .bind(3, place.environment())
                .bind(4, rollout.version())
                .bind(5, rollout.id())
                .bind(6, now)
                .execute();
    }

    /** All of which something may live. */
    static List<Row> alive(Handle sql) {
        return sql.createQuery(SELECT + "WHERE state <> 'stopped' ORDER BY id")
                .map(InstanceStore::row)
                .list();
    }

    static List<Row> alive(Handle sql, String project) {
        return sql.createQuery(SELECT + "WHERE project = ? AND state <> 'stopped' ORDER BY id")
                .bind(0, project)
                .map(InstanceStore::row)
                .list();
    }

    static List<Row> ofRollout(Handle sql, String rollout) {
        return sql.createQuery(SELECT + "WHERE rollout = ? ORDER BY id")
                .bind(0, rollout)
                .map(InstanceStore::row)
                .list();
    }

    static Optional<Row> find(Handle sql, String id) {
        return sql.createQuery(SELECT + "WHERE id = ?")
                .bind(0, id)
                .map(InstanceStore::row)
                .findFirst();
    }

    /** Those of other rollouts at the same place are to go. */
    static void unwantOthers(Handle sql, Rollout rollout) {
        var place = rollout.place();
        sql.createUpdate(
                        "UPDATE deploying_instances SET wanted = 0 WHERE project = ? AND service = ?"
                                + " AND environment = ? AND rollout <> ?")
                .bind(0, place.project())
                .bind(1, place.service())
                .bind(2, place.environment())
                .bind(3, rollout.id())
                .execute();
    }

    static void unwant(Handle sql, Rollout rollout) {
        sql.createUpdate("UPDATE deploying_instances SET wanted = 0 WHERE rollout = ?")
                .bind(0, rollout.id())
                .execute();
    }

    static void launched(Handle sql, String id, String handle, int port) {
        sql.createUpdate("UPDATE deploying_instances SET handle = ?, port = ? WHERE id = ?")
                .bind(0, handle)
                .bind(1, port)
                .bind(2, id)
                .execute();
    }

    /** Whether that is a change. */
    static boolean setState(Handle sql, String id, State state, Reason problem, long now) {
        return sql.createUpdate(
                                "UPDATE deploying_instances SET state = ?, problem = ?, since = ?"
                                        + " WHERE id = ? AND state <> ?")
                        .bind(0, state.word())
                        .bind(1, problem.encoded())
                        .bind(2, now)
                        .bind(3, id)
                        .bind(4, state.word())
                        .execute()
                == 1;
    }

    private static Row row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Row(
                row.getString("id"),
                new Place(
                        row.getString("project"),
                        row.getString("service"),
                        row.getString("environment")),
                row.getString("version"),
                row.getString("rollout"),
                row.getString("handle"),
                row.getInt("port"),
                State.of(row.getString("state")),
                row.getInt("wanted") == 1,
                Reason.decode(row.getString("problem")));
    }
}
