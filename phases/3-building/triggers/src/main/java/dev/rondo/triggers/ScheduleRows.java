package dev.rondo.triggers;

import dev.rondo.actions.Schedule;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of time tables. */
public final class ScheduleRows {
    private static final String SELECT =
            "SELECT project, file, cron, zone, actor, due_at FROM building_schedules ";

    private ScheduleRows() {}

    /** What stands on the default branch now; what stood there before keeps its time and writer. */
    static void replace(Tx tx, String project, String actor, List<WorkflowReading> readings) {
        Map<String, ScheduleRow> before = new HashMap<>();
        of(tx.sql(), project).forEach(row -> before.put(key(row), row));
        var now = new ArrayList<ScheduleRow>();
        for (WorkflowReading reading : readings) {
            if (reading instanceof WorkflowReading.Valid valid) {
                for (Schedule schedule : valid.workflow().on().timeTables()) {
                    schedule.next(Instant.now())
                            .map(due ->
                                    new ScheduleRow(
                                            project,
                                            valid.workflow().file(),
                                            schedule.text(),
                                            schedule.zone().getId(),
                                            actor,
                                            Micros.of(due)))
                            .ifPresent(now::add);
                }
            }
        }
        tx.sql().execute("DELETE FROM building_schedules WHERE project = ?", project);
        for (ScheduleRow row : now) {
            ScheduleRow kept = before.getOrDefault(key(row), row);
            tx.sql()
                    .execute(
                            "INSERT INTO building_schedules (project, file, cron, zone, actor, due_at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                            kept.project(),
                            kept.file(),
                            kept.cron(),
                            kept.zone(),
                            kept.actor(),
                            kept.dueAt());
        }
    }

    private static String key(ScheduleRow row) {
        return row.file() + "\n" + row.cron() + "\n" + row.zone();
    }

    public static List<ScheduleRow> of(Handle sql, String project) {
        return sql.createQuery(SELECT + "WHERE project = ? ORDER BY due_at")
                .bind(0, project)
                .map((r, c) ->
                        new ScheduleRow(
                                r.getString(1),
                                r.getString(2),
                                r.getString(3),
                                r.getString(4),
                                r.getString(5),
                                r.getLong(6)))
                .list();
    }

    /** The one that is due first, of all projects. */
    static Optional<ScheduleRow> next(Handle sql) {
        return sql.createQuery(SELECT + "ORDER BY due_at LIMIT 1")
                .map((r, c) ->
                        new ScheduleRow(
                                r.getString(1),
                                r.getString(2),
                                r.getString(3),
                                r.getString(4),
                                r.getString(5),
                                r.getLong(6)))
                .findOne();
    }

    /** Puts off to its next time; without one it is gone. */
    static void put(Tx tx, ScheduleRow row, Optional<Instant> due) {
        tx.sql()
                .execute(
                        due.isPresent()
                                ? "UPDATE building_schedules SET due_at = ? WHERE project = ?"
                                        + " AND file = ? AND cron = ? AND zone = ?"
                                : "DELETE FROM building_schedules WHERE due_at >= ? AND project = ?"
                                        + " AND file = ? AND cron = ? AND zone = ?",
                        due.map(Micros::of).orElse(0L),
                        row.project(),
                        row.file(),
                        row.cron(),
                        row.zone());
    }
}
