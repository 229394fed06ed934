package dev.rondo.jobs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The driver is told through named pipes in a folder that it shares with the server. */
final class ControlPipes implements DrivenShell.Orders {
    private final JobFolders folders;
    private final Map<String, RandomAccessFile> pipes = new HashMap<>();

    ControlPipes(JobFolders folders) {
        this.folders = folders;
    }

    /**
     * Opened once, before the first step ran: later the job could have put a link in its place.
     * Opening a pipe for both directions does not wait for the other end.
     */
    @Override
    public synchronized void tell(String pipe, String line) {
        try {
            if (pipes.isEmpty()) {
                for (String name : List.of("steps", "signals")) {
                    pipes.put(
                            name,
                            new RandomAccessFile(folders.control().resolve(name).toFile(), "rw"));
                }
            }
            Objects.requireNonNull(pipes.get(pipe))
                    .write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        for (RandomAccessFile pipe : pipes.values()) {
            try {
                pipe.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
