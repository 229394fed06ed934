package dev.rondo.building;

import dev.rondo.jobs.JobFolders;
import dev.rondo.results.RunLogs;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The logs of all runs: how much they take, and that old ones go. A folder a run. */
final class LogKeep implements RunLogs {
    private final Store store;
    private final Path logs;

    LogKeep(Store store, Path data) {
        this.store = store;
        this.logs = data.resolve("logs");
    }

    @Override
    public long bytes(String project) {
        List<String> runs =
                store.read(sql ->
                        sql.createQuery("SELECT id FROM building_runs WHERE project = ?")
                                .bind(0, project)
                                .mapTo(String.class)
                                .list());
        return runs.stream().mapToLong(run -> size(logs.resolve(run))).sum();
    }

    private static long size(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void expire(Function<String, Instant> endedBefore) {
        if (!Files.isDirectory(logs)) {
            return;
        }
        try (var folders = Files.list(logs)) {
            for (Path folder : folders.toList()) {
                if (over(folder.getFileName().toString(), endedBefore)) {
                    JobFolders.delete(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
