package dev.rondo.engine;

import dev.rondo.joblogs.JobLogs;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.results.Retention;
import dev.rondo.results.RunLogs;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

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

    @Override
    public void shrink(ToLongFunction<String> most, Instant settled) {
        var ended = new ArrayList<Run>();
        for (String run : logs.runs()) {
            store.read(sql -> RunRows.run(sql, run)).filter(Run::finished).ifPresent(ended::add);
        }
        ended.sort(Comparator.comparingLong(run -> run.progress().finishedAt()));
        var over = new HashMap<String, Long>();
        for (Run run : ended) {
            long left =
                    over.computeIfAbsent(
                            run.project(), project -> tooMuch(project, most.applyAsLong(project)));
            if (left > 0 && run.progress().finishedAt() < Micros.of(settled)) {
                over.put(run.project(), left - logs.bytes(run.id()));
                logs.delete(run.id());
            }
        }
    }

    /** Nothing is counted where there is no limit. */
    private long tooMuch(String project, long most) {
        return most == Retention.ANY_SIZE ? 0 : bytes(project) - most;
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
