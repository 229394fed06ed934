package dev.rondo.releasing;

import dev.rondo.store.Micros;
import dev.rondo.web.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** SQL of releases and their approvals. */
final class ReleaseStore {

    private static final String SELECT =
            "SELECT id, project, version, state, commit_id, run, content, rollback_to,"
                    + " rollback_steps, environments, drafted_at, drafted_seq, published_at,"
                    + " published_by, override_reason, ended_at, ended_reason"
                    + " FROM releasing_releases ";
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private ReleaseStore() {}

    // ---- Reads --------------------------------------------------------------------------------

    /** The release of a version: the one that counts, or else its last superseded draft. */
    static Optional<Release> find(Handle sql, String project, String version) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = ? AND version = ? ORDER BY CASE state"
                                + " WHEN 'superseded' THEN 1 ELSE 0 END, id DESC LIMIT 1")
                .bind(0, project)
                .bind(1, version)
                .map(ReleaseStore::row)
                .findFirst();
    }

    static Optional<Release> byId(Handle sql, String id) {
        return sql.createQuery(SELECT + "WHERE id = ?")
                .bind(0, id)
                .map(ReleaseStore::row)
                .findFirst();
    }

    static Optional<Release> draft(Handle sql, String project) {
        return sql.createQuery(SELECT + "WHERE project = ? AND state = 'draft'")
                .bind(0, project)
                .map(ReleaseStore::row)
                .findFirst();
    }

    static List<Release> publishing(Handle sql) {
        return sql.createQuery(SELECT + "WHERE state = 'publishing' ORDER BY id")
                .map(ReleaseStore::row)
                .list();
    }

    /** The last one that was published and is good. */
    static Optional<Release> lastGood(Handle sql, String project) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = ? AND state = 'published'"
                                + " ORDER BY published_at DESC LIMIT 1")
                .bind(0, project)
                .map(ReleaseStore::row)
                .findFirst();
    }

    /** Good releases that one may go back to, newest first. */
    static List<String> goodVersions(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT version FROM releasing_releases WHERE project = ? AND state ="
                                + " 'published' ORDER BY published_at DESC LIMIT 50")
                .bind(0, project)
                .mapTo(String.class)
                .list();
    }

    /** Versions that are used for good, whatever became of their release. */
    static List<String> takenVersions(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT version FROM releasing_releases WHERE project = ? AND state IN"
                                + " ('publishing', 'published', 'recalled')")
                .bind(0, project)
                .mapTo(String.class)
                .list();
    }

    static List<String> badVersions(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT version FROM releasing_releases WHERE project = ? AND state ="
                                + " 'recalled'")
                .bind(0, project)
                .mapTo(String.class)
                .list();
    }

    static boolean released(Handle sql, String project, String commit) {
        return sql.createQuery(
                                "SELECT COUNT(*) FROM releasing_releases WHERE project = ? AND commit_id ="
                                        + " ? AND state IN ('publishing', 'published', 'recalled')")
                        .bind(0, project)
                        .bind(1, commit)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /**
     * Newest first, before an id.
     *
     * @param before empty for the first page
     */
    static List<Release> page(Handle sql, String project, String before, int limit) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = ? AND (? = '' OR id < ?)"
                                + " ORDER BY id DESC LIMIT ?")
                .bind(0, project)
                .bind(1, before)
                .bind(2, before)
                .bind(3, limit)
                .map(ReleaseStore::row)
                .list();
    }

    /** Oldest first, after an id; for paging backwards. */
    static List<Release> pageAfter(Handle sql, String project, String after, int limit) {
        return sql.createQuery(SELECT + "WHERE project = ? AND id > ? ORDER BY id LIMIT ?")
                .bind(0, project)
                .bind(1, after)
                .bind(2, limit)
                .map(ReleaseStore::row)
                .list();
    }

    /** What was drafted, published or ended within a time, oldest first. */
    static List<Release> between(Handle sql, String project, long from, long to) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = :project AND state <> 'superseded' AND"
                                + " ((drafted_at >= :from AND drafted_at < :to)"
                                + " OR (published_at >= :from AND published_at < :to)"
                                + " OR (ended_at >= :from AND ended_at < :to))"
                                + " ORDER BY id LIMIT 500")
                .bind("project", project)
                .bind("from", from)
                .bind("to", to)
                .map(ReleaseStore::row)
                .list();
    }

    static List<Release> ofTicket(Handle sql, String project, long ticket) {
        return sql.createQuery(
                        SELECT
                                + "WHERE state <> 'superseded' AND id IN (SELECT release FROM"
                                + " releasing_tickets WHERE project = ? AND ticket = ?)"
                                + " ORDER BY id DESC LIMIT 20")
                .bind(0, project)
                .bind(1, ticket)
                .map(ReleaseStore::row)
                .list();
    }

    /** Releases made of a commit ({@code commit_id}) or from a run ({@code run}). */
    static List<Release> madeFrom(Handle sql, String project, String column, String value) {
        if (!column.equals("commit_id") && !column.equals("run")) {
            throw new IllegalArgumentException(column);
        }
        return sql.createQuery(
                        SELECT
                                + "WHERE project = ? AND state <> 'superseded' AND "
                                + column
                                + " = ? ORDER BY id DESC LIMIT 5")
                .bind(0, project)
                .bind(1, value)
                .map(ReleaseStore::row)
                .list();
    }

    static List<Approval> approvals(Handle sql, String release) {
        return sql.createQuery(
                        "SELECT environment, account, remark, at, seq FROM releasing_approvals"
                                + " WHERE release = ? ORDER BY seq")
                .bind(0, release)
                .map((row, ctx) ->
                        new Approval(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getLong(5)))
                .list();
    }

    // ---- Writes -------------------------------------------------------------------------------

    static void insert(Handle sql, Release release) {
        sql.createUpdate(
                        "INSERT INTO releasing_releases (id, project, version, state, commit_id,"
                                + " run, content, rollback_to, rollback_steps, drafted_at,"
                                + " drafted_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .bind(0, release.id())
                .bind(1, release.project())
                .bind(2, release.version())
                .bind(3, release.state().word())
                .bind(4, release.commit())
                .bind(5, release.run())
                .bind(6, Json.write(release.content()))
                .bind(7, release.wayBack().to())
                .bind(8, release.wayBack().steps())
                .bind(9, release.life().draftedAt())
                .bind(10, release.life().draftedSeq())
                .execute();
        for (var ticket : release.content().tickets()) {
            sql.createUpdate(
                            "INSERT INTO releasing_tickets (project, ticket, release) VALUES (?,"
                                    + " ?, ?) ON CONFLICT DO NOTHING")
                    .bind(0, release.project())
                    .bind(1, ticket)
                    .bind(2, release.id())
                    .execute();
        }
    }

    /** Moves a release on, if it is still where it was thought to be. */
    static boolean move(Handle sql, String id, ReleaseState from, ReleaseState to) {
        return sql.createUpdate(
                                "UPDATE releasing_releases SET state = ? WHERE id = ? AND state = ?")
                        .bind(0, to.word())
                        .bind(1, id)
                        .bind(2, from.word())
                        .execute()
                == 1;
    }

    static void end(Handle sql, String id, String reason) {
        sql.createUpdate(
                        "UPDATE releasing_releases SET ended_at = ?, ended_reason = ? WHERE id = ?")
                .bind(0, Micros.now())
                .bind(1, reason)
                .bind(2, id)
                .execute();
    }

    static void decided(
            Handle sql, String id, String by, String overrideReason, List<String> environments) {
        sql.createUpdate(
                        "UPDATE releasing_releases SET published_by = ?, override_reason = ?,"
                                + " environments = ?, published_at = ? WHERE id = ?")
                .bind(0, by)
                .bind(1, overrideReason)
                .bind(2, Json.write(environments))
                .bind(3, Micros.now())
                .bind(4, id)
                .execute();
    }

    static void opened(Handle sql, String id, List<String> environments) {
        sql.createUpdate("UPDATE releasing_releases SET environments = ? WHERE id = ?")
                .bind(0, Json.write(environments))
                .bind(1, id)
                .execute();
    }

    static void undecided(Handle sql, String id) {
        sql.createUpdate(
                        "UPDATE releasing_releases SET published_by = '', override_reason = '',"
                                + " environments = '[]', published_at = 0 WHERE id = ?")
                .bind(0, id)
                .execute();
    }

    static void wayBack(Handle sql, String id, Release.WayBack plan) {
        sql.createUpdate(
                        "UPDATE releasing_releases SET rollback_to = ?, rollback_steps = ?"
                                + " WHERE id = ?")
                .bind(0, plan.to())
                .bind(1, plan.steps())
                .bind(2, id)
                .execute();
    }

    static void insert(Handle sql, String release, Approval approval) {
        sql.createUpdate(
                        "INSERT INTO releasing_approvals (release, environment, account, remark,"
                                + " at, seq) VALUES (?, ?, ?, ?, ?, ?)")
                .bind(0, release)
                .bind(1, approval.environment())
                .bind(2, approval.account())
                .bind(3, approval.remark())
                .bind(4, approval.at())
                .bind(5, approval.seq())
                .execute();
    }

    private static Release row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Release(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                ReleaseState.of(row.getString(4)),
                row.getString(5),
                row.getString(6),
                Json.MAPPER.readValue(row.getString(7), Release.Content.class),
                new Release.WayBack(row.getString(8), row.getString(9)),
                new Release.Life(
                        row.getLong(11),
                        row.getLong(12),
                        row.getLong(13),
                        row.getString(14),
                        row.getString(15),
                        row.getLong(16),
                        row.getString(17)),
                Json.MAPPER.readValue(row.getString(10), STRINGS));
    }
}
