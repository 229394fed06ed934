package dev.rondo.local;

import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.store.Store;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Says how a run on the command line ended, from its rows. */
final class LocalConclusion {
    private static final double MICROS = 1_000_000;

    private final Store store;

    LocalConclusion(Store store) {
        this.store = store;
    }

    /**
     * @param jobs of the workflow that were wanted
     */
    LocalRun.Conclusion of(Run ended, Set<String> jobs) {
        Run.Progress progress = ended.progress();
        return store.read(sql ->
                new LocalRun.Conclusion(
                        progress.outcome(),
                        progress.message(),
                        seconds(progress.queuedAt(), progress.finishedAt()),
                        RunRows.jobs(sql, ended.id()).stream()
                                .filter(job ->
                                        !job.call().caller().isEmpty() || jobs.contains(job.job()))
                                .map(job ->
                                        new LocalRun.JobConclusion(
                                                job.job(),
                                                title(job),
                                                job.standing(),
                                                job.message(),
                                                seconds(job.startedAt(), job.finishedAt()),
                                                steps(sql, job)))
                                .toList()));
    }

    /** A matrix that was not expanded has no name yet. */
    private static String title(RunJob job) {
        return job.name().contains("${{") ? job.job() : job.name();
    }

    private static double seconds(long from, long to) {
        return from == 0 || to == 0 ? 0 : (to - from) / MICROS;
    }

    private static List<LocalRun.StepEnd> steps(Handle sql, RunJob job) {
        return sql.createQuery(
                        "SELECT title, conclusion, started_at, finished_at FROM building_steps"
                                + " WHERE run = ? AND job = ? ORDER BY place")
                .bind(0, job.run())
                .bind(1, job.id())
                .map((row, ctx) ->
                        new LocalRun.StepEnd(
                                row.getString(1),
                                row.getString(2),
                                seconds(row.getLong(3), row.getLong(4))))
                .list();
    }
}
