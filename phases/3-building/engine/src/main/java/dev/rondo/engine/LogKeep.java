package dev.rondo.engine;

import dev.rondo.joblogs.JobLogs;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.results.RunLogs;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The logs of all runs: how much they take, and that old ones go. */
public final class LogKeep implements RunLogs {
    private final Store store;
    private final JobLogs logs;

    public LogKeep(Store store, JobLogs logs) {
        this.store = store;
        this.logs = logs;
    }

    @Override
    public long bytes(String project) {
        List<String> runs =
                store.read(sql ->
                        sql.createQuery("SELECT id FROM building_runs WHERE project = ?")
                                .bind(0, project)
                                .mapTo(String.class)
                                .list());
        return runs.stream().mapToLong(logs::bytes).sum();
    }

    @Override
    public void expire(Function<String, Instant> endedBefore) {
        for (String run : logs.runs()) {
            if (over(run, endedBefore)) {
                logs.delete(run);
            }
        }
    }

    private boolean over(String run, Function<String, Instant> endedBefore) {
        return store.read(sql -> RunRows.run(sql, run))
                .filter(Run::finished)
                .filter(ended ->
                        ended.progress().finishedAt()
                                < Micros.of(endedBefore.apply(ended.project())))
                .isPresent();
    }
}
