package dev.rondo.deploying;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Fact.Artifact;
import dev.rondo.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What this phase heard of releases: the tables deploying_releases, deploying_approvals and
 * deploying_openings.
 */
final class ReleaseStore {

    private ReleaseStore() {}

    static void published(Handle sql, Event event, Fact.ReleasePublished fact) {
        sql.createUpdate(
                        "INSERT INTO deploying_releases (project, version, commit_id, artifacts,"
                                + " tickets, environments, event, recalled, published_at) VALUES (?,"
                                + " ?, ?, ?, ?, ?, ?, '', ?) ON CONFLICT (project, version) DO UPDATE"
                                + " SET environments = excluded.environments, event = excluded.event")
                .bind(0, event.project())
                .bind(1, fact.version())
                .bind(2, fact.commit())
                .bind(3, artifacts(fact.artifacts()))
                .bind(4, RolloutStore.numbers(fact.tickets()))
                .bind(5, String.join(",", fact.environments()))
                .bind(6, event.seq())
                .bind(7, Micros.of(event.at()))
                .execute();
    }

    static void recalled(Handle sql, Event event, Fact.ReleaseRecalled fact) {
        sql.createUpdate(
                        "UPDATE deploying_releases SET recalled = ?"
                                + " WHERE project = ? AND version = ?")
                .bind(0, fact.reason().isBlank() ? "-" : fact.reason())
                .bind(1, event.project())
                .bind(2, fact.version())
                .execute();
    }

    static void approved(Handle sql, Event event, Fact.ReleaseApproved fact) {
        sql.createUpdate(
                        "INSERT INTO deploying_approvals (project, version, environment, account,"
                                + " event) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(0, event.project())
                .bind(1, fact.version())
                .bind(2, fact.environment())
                .bind(3, fact.by())
                .bind(4, event.seq())
                .execute();
    }

    static void opened(Handle sql, Event event, Fact.ReleaseOpened fact) {
        sql.createUpdate(
                        "INSERT INTO deploying_openings (project, version, environment, event)"
                                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(0, event.project())
                .bind(1, fact.version())
                .bind(2, fact.environment())
                .bind(3, event.seq())
                .execute();
    }

    /** The event that let the release into the environment after it was published. */
    static Optional<Long> opening(Handle sql, Place place, String version) {
        return sql.createQuery(
                        "SELECT event FROM deploying_openings"
                                + " WHERE project = ? AND version = ? AND environment = ?")
                .bind(0, place.project())
                .bind(1, version)
                .bind(2, place.environment())
                .mapTo(Long.class)
                .findOne();
    }

    static Optional<Release> find(Handle sql, String project, String version) {
        return sql.createQuery("SELECT * FROM deploying_releases WHERE project = ? AND version = ?")
                .bind(0, project)
                .bind(1, version)
                .map(ReleaseStore::row)
                .findFirst();
    }

    static List<Release> newest(Handle sql, String project, int limit) {
        return sql.createQuery(
                        "SELECT * FROM deploying_releases WHERE project = ?"
                                + " ORDER BY published_at DESC LIMIT ?")
                .bind(0, project)
                .bind(1, limit)
                .map(ReleaseStore::row)
                .list();
    }

    static int approvals(Handle sql, String project, String version, String environment) {
        return sql.createQuery(
                        "SELECT count(*) FROM deploying_approvals"
                                + " WHERE project = ? AND version = ? AND environment = ?")
                .bind(0, project)
                .bind(1, version)
                .bind(2, environment)
                .mapTo(Integer.class)
                .one();
    }

    private static Release row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Release(
                row.getString("project"),
                row.getString("version"),
                row.getString("commit_id"),
                artifacts(row.getString("artifacts")),
                RolloutStore.numbers(row.getString("tickets")),
                Set.of(
                        Arrays.stream(row.getString("environments").split(","))
                                .distinct()
                                .toArray(String[]::new)),
                row.getLong("event"),
                row.getString("recalled"));
    }

    /** One line each: digest, size, name. */
    private static String artifacts(List<Artifact> artifacts) {
        return artifacts.stream()
                .map(a -> a.digest() + " " + a.size() + " " + a.name())
                .collect(Collectors.joining("\n"));
    }

    private static List<Artifact> artifacts(String encoded) {
        return encoded.lines()
                .map(line -> line.split(" ", 3))
                .map(part -> new Artifact(part[2], part[0], Long.parseLong(part[1])))
                .toList();
    }
}
