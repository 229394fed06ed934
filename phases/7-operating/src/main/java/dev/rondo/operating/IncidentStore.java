package dev.rondo.operating;

import dev.rondo.journal.Wording;
import dev.rondo.operating.Incident.Place;
import dev.rondo.operating.Incident.Resolution;
import dev.rondo.operating.Incident.Suspect;
import dev.rondo.operating.Incident.Times;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** SQL of incidents, their signals and tickets. */
final class IncidentStore {

    private static final String SELECT =
            "SELECT project, number, severity, title, service, environment, version, commit_id,"
                    + " rollout, cause, evidence, state, opened_by, detected_at, acknowledged_at,"
                    + " acknowledged_by, mitigated_at, resolved_at, resolution, resolved_with,"
                    + " opened_seq, title_said FROM operating_incidents ";

    private IncidentStore() {}

    /** Locks the project's row, so that two openings at once get two numbers. */
    static long nextNumber(Tx tx, String project) {
        return tx.sql()
                .createQuery(
                        "INSERT INTO operating_numbers (project, last) VALUES (?, 1)"
                                + " ON CONFLICT (project) DO UPDATE SET"
                                + " last = operating_numbers.last + 1 RETURNING last")
                .bind(0, project)
                .mapTo(Long.class)
                .one();
    }

    /**
     * @param escalateAt when somebody else is called, 0 for never
     */
    static void insert(Tx tx, Incident incident, long escalateAt) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO operating_incidents (project, number, severity, title,"
                                + " service, environment, version, commit_id, rollout, cause,"
                                + " evidence, state, opened_by, detected_at, acknowledged_at,"
                                + " acknowledged_by, mitigated_at, resolved_at, resolution,"
                                + " resolved_with, escalate_at, opened_seq, title_said)"
                                + " VALUES (:project, :number, :severity, :title, :service,"
                                + " :environment, :version, :commit, :rollout, :cause, :evidence,"
                                + " :state, :openedBy, :detected, 0, '', 0, 0, '', '',"
                                + " :escalateAt, :seq, :said)")
                .bind("project", incident.project())
                .bind("number", incident.number())
                .bind("severity", incident.severity().word())
                .bind("title", incident.title())
                .bind("service", incident.place().service())
                .bind("environment", incident.place().environment())
                .bind("version", incident.suspect().version())
                .bind("commit", incident.suspect().commit())
                .bind("rollout", incident.suspect().rollout())
                .bind("cause", incident.cause())
                .bind("evidence", incident.evidence())
                .bind("state", incident.state().word())
                .bind("openedBy", incident.openedBy())
                .bind("detected", Micros.of(incident.times().detected()))
                .bind("escalateAt", escalateAt)
                .bind("seq", incident.openedSeq())
                .bind("said", incident.wording().map(Wording::encoded).orElse(""))
                .execute();
    }

    /** Everything that can change after the opening. */
    static void update(Tx tx, Incident incident) {
        tx.sql()
                .createUpdate(
                        "UPDATE operating_incidents SET severity = :severity,"
                                + " evidence = :evidence, state = :state,"
                                + " acknowledged_at = :acknowledged,"
                                + " acknowledged_by = :by, mitigated_at = :mitigated,"
                                + " resolved_at = :resolved, resolution = :resolution,"
                                + " resolved_with = :with, rollout = :rollout,"
                                + " escalate_at = CASE WHEN :state = 'open' THEN escalate_at"
                                + " ELSE 0 END WHERE project = :project AND number = :number")
                .bind("severity", incident.severity().word())
                .bind("evidence", incident.evidence())
                .bind("state", incident.state().word())
                .bind("acknowledged", Micros.of(incident.times().acknowledged()))
                .bind("by", incident.acknowledgedBy())
                .bind("mitigated", Micros.of(incident.times().mitigated()))
                .bind("resolved", Micros.of(incident.times().resolved()))
                .bind("resolution", incident.resolution().text())
                .bind("with", incident.resolution().version())
                .bind("rollout", incident.suspect().rollout())
                .bind("project", incident.project())
                .bind("number", incident.number())
                .execute();
    }

    static Optional<Incident> find(Handle sql, String project, long number) {
        return list(sql, "WHERE project = ? AND number = ?", project, number).stream().findFirst();
    }

    /** Unresolved ones of a service, newest first. */
    static List<Incident> open(Handle sql, String project, Place place) {
        return list(
                sql,
                "WHERE project = ? AND service = ? AND environment = ? AND state <> 'resolved'"
                        + " ORDER BY number DESC LIMIT 100",
                project,
                place.service(),
                place.environment());
    }

    static List<Incident> of(Handle sql, String project, Place place, int limit) {
        return list(
                sql,
                "WHERE project = ? AND service = ? AND environment = ?"
                        + " ORDER BY number DESC LIMIT ?",
                project,
                place.service(),
                place.environment(),
                limit);
    }

    /** Newest first, with a number below {@code before}. */
    static List<Incident> before(Handle sql, Page page) {
        return list(
                sql,
                "WHERE project = ? AND number < ?"
                        + (page.openOnly() ? " AND state <> 'resolved'" : "")
                        + " ORDER BY number DESC LIMIT ?",
                page.project(),
                page.key(),
                page.limit());
    }

    /** Oldest first, with a number above. */
    static List<Incident> after(Handle sql, Page page) {
        return list(
                sql,
                "WHERE project = ? AND number > ?"
                        + (page.openOnly() ? " AND state <> 'resolved'" : "")
                        + " ORDER BY number LIMIT ?",
                page.project(),
                page.key(),
                page.limit());
    }

    /** A place in the list. */
    record Page(String project, boolean openOnly, long key, int limit) {}

    static List<Incident> ofVersion(Handle sql, String project, String version) {
        return list(
                sql,
                "WHERE project = ? AND (version = ? OR resolved_with = ?)"
                        + " ORDER BY number DESC LIMIT 20",
                project,
                version,
                version);
    }

    static List<Incident> ofCommit(Handle sql, String project, String commit) {
        return list(
                sql,
                "WHERE project = ? AND commit_id = ? ORDER BY number DESC LIMIT 20",
                project,
                commit);
    }

    static List<Incident> ofRollout(Handle sql, String project, String rollout) {
        return list(
                sql,
                "WHERE project = ? AND rollout = ? ORDER BY number DESC LIMIT 20",
                project,
                rollout);
    }

    static List<Incident> ofTicket(Handle sql, String project, long ticket) {
        return list(
                sql,
                "WHERE project = ? AND number IN (SELECT number FROM operating_tickets"
                        + " WHERE project = ? AND ticket = ?) ORDER BY number DESC LIMIT 20",
                project,
                project,
                ticket);
    }

    static long countOpen(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT COUNT(*) FROM operating_incidents"
                                + " WHERE project = ? AND state <> 'resolved'")
                .bind(0, project)
                .mapTo(Long.class)
                .one();
    }

    /** Those that nobody acknowledged in time. */
    static List<Incident> toEscalate(Handle sql, long now) {
        return list(
                sql, "WHERE escalate_at > 0 AND escalate_at <= ? AND state = 'open' LIMIT 50", now);
    }

    static boolean escalated(Tx tx, Incident incident) {
        return tx.sql()
                        .createUpdate(
                                "UPDATE operating_incidents SET escalate_at = 0"
                                        + " WHERE project = ? AND number = ? AND escalate_at > 0")
                        .bind(0, incident.project())
                        .bind(1, incident.number())
                        .execute()
                == 1;
    }

    static void addSignal(Tx tx, Incident incident, long seq, String rule) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO operating_signals (project, number, seq, rule, firing)"
                                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(0, incident.project())
                .bind(1, incident.number())
                .bind(2, seq)
                .bind(3, rule)
                .bind(4, rule.isEmpty() ? 0 : 1)
                .execute();
    }

    /** Positions of the events that an incident grew from, oldest first. */
    static List<Long> signals(Handle sql, String project, long number) {
        return sql.createQuery(
                        "SELECT seq FROM operating_signals WHERE project = ? AND number = ?"
                                + " ORDER BY seq LIMIT 200")
                .bind(0, project)
                .bind(1, number)
                .mapTo(Long.class)
                .list();
    }

    /**
     * Notes that an alert is quiet again; gives its unresolved incidents none of whose alerts fire.
     */
    static List<Incident> quiet(Tx tx, String project, String rule) {
        tx.sql()
                .createUpdate(
                        "UPDATE operating_signals SET firing = 0 WHERE project = ? AND rule = ?")
                .bind(0, project)
                .bind(1, rule)
                .execute();
        return list(
                tx.sql(),
                "WHERE project = ? AND state <> 'resolved' AND number IN (SELECT number FROM"
                        + " operating_signals WHERE project = ? AND rule = ?) AND number NOT IN"
                        + " (SELECT number FROM operating_signals WHERE project = ? AND"
                        + " firing = 1)",
                project,
                project,
                rule,
                project);
    }

    static void addTicket(Tx tx, String project, long number, long ticket, String relation) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO operating_tickets (project, number, ticket, relation)"
                                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(0, project)
                .bind(1, number)
                .bind(2, ticket)
                .bind(3, relation)
                .execute();
    }

    static List<Long> tickets(Handle sql, String project, long number, String relation) {
        return sql.createQuery(
                        "SELECT ticket FROM operating_tickets WHERE project = ? AND number = ?"
                                + " AND relation = ? ORDER BY ticket LIMIT 50")
                .bind(0, project)
                .bind(1, number)
                .bind(2, relation)
                .mapTo(Long.class)
                .list();
    }

    private static List<Incident> list(Handle sql, String where, Object... args) {
        var query = sql.createQuery(SELECT + where);
        for (int i = 0; i < args.length; i++) {
            query.bind(i, args[i]);
        }
        return query.map(IncidentStore::row).list();
    }

    private static Incident row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Incident(
                row.getString("project"),
                row.getLong("number"),
                Severity.of(row.getString("severity")).orElse(Severity.MAJOR),
                row.getString("title"),
                new Place(row.getString("service"), row.getString("environment")),
                new Suspect(
                        row.getString("version"),
                        row.getString("commit_id"),
                        row.getString("rollout")),
                row.getString("cause"),
                row.getString("evidence"),
                IncidentState.of(row.getString("state")),
                row.getString("opened_by"),
                new Times(
                        time(row, "detected_at"),
                        time(row, "acknowledged_at"),
                        time(row, "mitigated_at"),
                        time(row, "resolved_at")),
                row.getString("acknowledged_by"),
                new Resolution(row.getString("resolution"), row.getString("resolved_with")),
                row.getLong("opened_seq"),
                Optional.of(row.getString("title_said"))
                        .filter(said -> !said.isEmpty())
                        .map(Wording::decode));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Micros.toInstant(row.getLong(column));
    }
}
