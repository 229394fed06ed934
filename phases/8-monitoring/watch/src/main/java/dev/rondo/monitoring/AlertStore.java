package dev.rondo.monitoring;

import dev.rondo.journal.Event;
import dev.rondo.journal.Wording;
import dev.rondo.monitoring.Alert.State;
import dev.rondo.web.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tables {@code monitoring_alert}, {@code monitoring_rule_file} and {@code monitoring_rule_push}.
 */
final class AlertStore {

    private AlertStore() {}

    /** A rule's name on a service. */
    record Key(String rule, ServiceKey service) {}

    /** An alert that is not fine, as its row has it. */
    record Row(
            Key key,
            Alert alert,
            double threshold,
            String severity,
            String summary,
            Optional<Wording> wording) {}

    /** The file of a project; {@code problem} is empty if it can be read. */
    record RuleFile(String revision, String content, Optional<AlertFile.Read.Bad> problem) {}

    /** A push whose file is still to be read. */
    record Push(String project, long seq, String revision) {}

    static void put(Handle sql, Row row) {
        var alert = row.alert();
        var service = row.key().service();
        if (alert.state() == State.FINE) {
            sql.createUpdate(
                            "DELETE FROM monitoring_alert WHERE project = ? AND rule = ?"
                                    + " AND service = ? AND environment = ?")
                    .bind(0, service.project())
                    .bind(1, row.key().rule())
                    .bind(2, service.service())
                    .bind(3, service.environment())
                    .execute();
            return;
        }
        sql.createUpdate(
                        "INSERT INTO monitoring_alert (project, rule, service, environment, state,"
                                + " since, clear_since, value, threshold, version, severity,"
                                + " summary, fired_seq, muted, said)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (project, rule, service, environment) DO UPDATE SET"
                                + " state = excluded.state, since = excluded.since,"
                                + " clear_since = excluded.clear_since, value = excluded.value,"
                                + " threshold = excluded.threshold, version = excluded.version,"
                                + " severity = excluded.severity, summary = excluded.summary,"
                                + " fired_seq = excluded.fired_seq, muted = excluded.muted,"
                                + " said = excluded.said")
                .bind(0, service.project())
                .bind(1, row.key().rule())
                .bind(2, service.service())
                .bind(3, service.environment())
                .bind(4, alert.state().name().toLowerCase(Locale.ROOT))
                .bind(5, alert.since())
                .bind(6, alert.clearSince())
                .bind(7, alert.value())
                .bind(8, row.threshold())
                .bind(9, alert.version())
                .bind(10, row.severity())
                .bind(11, row.summary())
                .bind(12, alert.firedSeq())
                .bind(13, alert.muted())
                .bind(14, row.wording().map(Wording::encoded).orElse(""))
                .execute();
    }

    /** All alerts that are pending or firing: of a project, or of all for the empty name. */
    static List<Row> active(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT project, rule, service, environment, state, since, clear_since,"
                                + " value, threshold, version, severity, summary, fired_seq,"
                                + " muted, said"
                                + " FROM monitoring_alert"
                                + " WHERE project = :project OR :project = ''"
                                + " ORDER BY since DESC LIMIT 2000")
                .bind("project", project)
                .map((row, ctx) ->
                        new Row(
                                new Key(
                                        row.getString(2),
                                        new ServiceKey(
                                                row.getString(1),
                                                row.getString(3),
                                                row.getString(4))),
                                new Alert(
                                        State.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                                        row.getLong(6),
                                        row.getLong(7),
                                        row.getDouble(8),
                                        row.getString(10),
                                        row.getLong(13),
                                        row.getBoolean(14)),
                                row.getDouble(9),
                                row.getString(11),
                                row.getString(12),
                                Optional.of(row.getString(15))
                                        .filter(said -> !said.isEmpty())
                                        .map(Wording::decode)))
                .list();
    }

    static void pushed(Handle sql, Event event, String revision) {
        sql.createUpdate(
                        "INSERT INTO monitoring_rule_push (project, seq, revision) VALUES (?, ?, ?)"
                                + " ON CONFLICT (project) DO UPDATE SET seq = excluded.seq,"
                                + " revision = excluded.revision")
                .bind(0, event.project())
                .bind(1, event.seq())
                .bind(2, revision)
                .execute();
    }

    static List<Push> pushes(Handle sql) {
        return sql.createQuery("SELECT project, seq, revision FROM monitoring_rule_push")
                .map((row, ctx) -> new Push(row.getString(1), row.getLong(2), row.getString(3)))
                .list();
    }

    /** Keeps what a push's file says; a push that came meanwhile stays to be read. */
    static void put(Handle sql, Push push, String content, Optional<AlertFile.Read.Bad> problem) {
        sql.createUpdate(
                        "INSERT INTO monitoring_rule_file (project, seq, revision, content, problem)"
                                + " VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (project) DO UPDATE SET seq = excluded.seq,"
                                + " revision = excluded.revision, content = excluded.content,"
                                + " problem = excluded.problem")
                .bind(0, push.project())
                .bind(1, push.seq())
                .bind(2, push.revision())
                .bind(3, content)
                .bind(4, problem.map(Json::write).orElse(""))
                .execute();
        sql.createUpdate("DELETE FROM monitoring_rule_push WHERE project = ? AND seq = ?")
                .bind(0, push.project())
                .bind(1, push.seq())
                .execute();
    }

    static Optional<RuleFile> file(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT revision, content, problem FROM monitoring_rule_file"
                                + " WHERE project = ?")
                .bind(0, project)
                .map((row, ctx) ->
                        new RuleFile(
                                row.getString(1),
                                row.getString(2),
                                Optional.of(row.getString(3))
                                        .filter(text -> !text.isEmpty())
                                        .map(text -> Json.read(text, AlertFile.Read.Bad.class))))
                .findFirst();
    }

    /** The rules that hold for a project; a file that cannot be read changes nothing usual. */
    static List<AlertRule> rules(Handle sql, String project) {
        return file(sql, project)
                .map(file -> AlertFile.read(file.content()))
                .map(read ->
                        switch (read) {
                            case AlertFile.Read.Good good -> good.rules();
                            case AlertFile.Read.Bad bad -> AlertRule.USUAL;
                        })
                .orElse(AlertRule.USUAL);
    }
}
