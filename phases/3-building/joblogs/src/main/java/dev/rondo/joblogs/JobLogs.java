package dev.rondo.joblogs;

import dev.rondo.jobs.JobFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The logs of all jobs below a folder of data: a folder a run. */
public final class JobLogs {
    private final Path logs;

    public JobLogs(Path data) {
        this.logs = data.resolve("logs");
    }

    public LogFile of(String run, String job) {
        return new LogFile(logs.resolve(run), job);
    }

    /** The runs that have logs, by their ids. */
    public List<String> runs() {
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (var folders = Files.list(logs)) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much the logs of a run take. */
    public long bytes(String run) {
        Path folder = logs.resolve(run);
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(String run) {
        try {
            JobFolders.delete(logs.resolve(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
