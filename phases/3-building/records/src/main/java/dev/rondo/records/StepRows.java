package dev.rondo.records;

import dev.rondo.jobs.Annotation;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes steps and what they remarked. */
public final class StepRows {
    private StepRows() {}

    /** How a step stands now, in place of how it stood before. */
    public static void save(Handle sql, String run, RunStep step) {
        RunStore.update(
                sql,
                "INSERT INTO building_steps (run, job, place, id, title, outcome, conclusion,"
                        + " message, first_line, summary, started_at, finished_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (run, job, place) DO UPDATE SET"
                        + " outcome = excluded.outcome, conclusion = excluded.conclusion,"
                        + " message = excluded.message, summary = excluded.summary,"
                        + " started_at = excluded.started_at, finished_at = excluded.finished_at",
                run,
                step.job(),
                step.place(),
                step.id(),
                step.title(),
                step.outcome(),
                step.conclusion(),
                step.message(),
                step.firstLine(),
                step.summary(),
                step.startedAt(),
                step.finishedAt());
    }

    public static void annotations(
            Handle sql, String run, String job, List<Annotation> annotations) {
        int place = 0;
        for (Annotation one : annotations) {
            RunStore.update(
                    sql,
                    "INSERT INTO building_annotations (run, job, place, level, title, message,"
                            + " file, line, end_line, start_column, end_column)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (run, job, place) DO NOTHING",
                    run,
                    job,
                    place++,
                    one.level(),
                    one.title(),
                    one.message(),
                    one.place().file(),
                    one.place().line(),
                    one.place().endLine(),
                    one.place().column(),
                    one.place().endColumn());
        }
    }

    /** A remark with the job that made it. */
    public record Remark(String job, Annotation annotation) {}

    public static List<Remark> remarks(Handle sql, String run, int limit) {
        return sql.createQuery(
                        "SELECT job, level, title, message, file, line, end_line, start_column,"
                                + " end_column FROM building_annotations"
                                + " WHERE run = ? ORDER BY job, place LIMIT ?")
                .bind(0, run)
                .bind(1, limit)
                .map((r, c) ->
                        new Remark(
                                r.getString(1),
                                new Annotation(
                                        r.getString(2),
                                        r.getString(3),
                                        r.getString(4),
                                        new Annotation.Place(
                                                r.getString(5),
                                                r.getInt(6),
                                                r.getInt(7),
                                                r.getInt(8),
                                                r.getInt(9)))))
                .list();
    }
}
