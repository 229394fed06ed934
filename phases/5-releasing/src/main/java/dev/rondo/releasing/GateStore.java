package dev.rondo.releasing;

import dev.rondo.journal.Fact;
import dev.rondo.store.Micros;
import dev.rondo.web.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** SQL of passed gates, of what their runs packaged, and of where versions live. */
final class GateStore {

    private static final TypeReference<List<Object>> ARGS = new TypeReference<>() {};

    private GateStore() {}

    /**
     * A gate that passed on the default branch.
     *
     * @param seq its event
     * @param why there is no draft of it; empty when there is one or it still waits
     */
    record Gate(
            long seq,
            String project,
            String run,
            String commit,
            long at,
            boolean waiting,
            Optional<Why> why) {}

    /** Something that a run packaged; {@code seq} is the event. */
    record Packaged(Fact.Artifact artifact, long seq) {}

    /** Where a version lives, since when. */
    record Place(String service, String environment, String version, long since) {}

    static void passed(Handle sql, String project, long seq, Fact.GateDecided gate) {
        sql.createUpdate(
                        "INSERT INTO releasing_gates (seq, project, run, commit_id, at, waiting)"
                                + " VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING")
                .bind(0, seq)
                .bind(1, project)
                .bind(2, gate.run())
                .bind(3, gate.commit())
                .bind(4, Micros.now())
                .execute();
    }

    static List<Gate> waiting(Handle sql) {
        return gates(sql, "WHERE waiting = 1 ORDER BY seq LIMIT 100");
    }

    static Optional<Gate> last(Handle sql, String project) {
        return gates(sql, "WHERE project = ? ORDER BY seq DESC LIMIT 1", project).stream()
                .findFirst();
    }

    private static List<Gate> gates(Handle sql, String where, Object... args) {
        var query =
                sql.createQuery(
                        "SELECT seq, project, run, commit_id, at, waiting, why_key, why_args"
                                + " FROM releasing_gates "
                                + where);
        for (int i = 0; i < args.length; i++) {
            query.bind(i, args[i]);
        }
        return query.map(GateStore::gate).list();
    }

    private static Gate gate(ResultSet row, StatementContext ctx) throws SQLException {
        var key = row.getString(7);
        return new Gate(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getInt(6) == 1,
                key.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Why(key, Json.MAPPER.readValue(row.getString(8), ARGS))));
    }

    static void done(Handle sql, long seq, Optional<Why> why) {
        sql.createUpdate(
                        "UPDATE releasing_gates SET waiting = 0, why_key = ?, why_args = ?"
                                + " WHERE seq = ?")
                .bind(0, why.map(Why::key).orElse(""))
                .bind(1, Json.write(why.map(Why::args).orElse(List.of())))
                .bind(2, seq)
                .execute();
    }

    static void again(Handle sql, long seq) {
        sql.createUpdate("UPDATE releasing_gates SET waiting = 1 WHERE seq = ?")
                .bind(0, seq)
                .execute();
    }

    static void packaged(Handle sql, String project, long seq, Fact.ArtifactPackaged artifact) {
        sql.createUpdate(
                        "INSERT INTO releasing_artifacts (project, run, name, digest, size, seq)"
                                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (project, run, name) DO"
                                + " UPDATE SET digest = excluded.digest, size = excluded.size,"
                                + " seq = excluded.seq")
                .bind(0, project)
                .bind(1, artifact.run())
                .bind(2, artifact.name())
                .bind(3, artifact.digest())
                .bind(4, artifact.size())
                .bind(5, seq)
                .execute();
    }

    static List<Packaged> packagedBy(Handle sql, String project, String run) {
        return sql.createQuery(
                        "SELECT name, digest, size, seq FROM releasing_artifacts"
                                + " WHERE project = ? AND run = ? ORDER BY name LIMIT 200")
                .bind(0, project)
                .bind(1, run)
                .map((row, ctx) ->
                        new Packaged(
                                new Fact.Artifact(
                                        row.getString(1), row.getString(2), row.getLong(3)),
                                row.getLong(4)))
                .list();
    }

    static void lives(
            Handle sql, String project, String service, String environment, String version) {
        sql.createUpdate(
                        "INSERT INTO releasing_places (project, service, environment, version,"
                                + " since) VALUES (?, ?, ?, ?, ?) ON CONFLICT (project, service,"
                                + " environment) DO UPDATE SET version = excluded.version,"
                                + " since = excluded.since")
                .bind(0, project)
                .bind(1, service)
                .bind(2, environment)
                .bind(3, version)
                .bind(4, Micros.now())
                .execute();
    }

    static List<Place> places(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT service, environment, version, since FROM releasing_places"
                                + " WHERE project = ? ORDER BY service, environment LIMIT 100")
                .bind(0, project)
                .map((row, ctx) ->
                        new Place(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4)))
                .list();
    }
}
