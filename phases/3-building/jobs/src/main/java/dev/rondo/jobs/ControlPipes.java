package dev.rondo.jobs;

import dev.rondo.sandbox.Output;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The driver is told through named pipes in a folder that it shares with the server. */
final class ControlPipes implements DrivenShell.Orders {
    private static final int CHUNK = 1 << 16;

    private final JobFolders folders;
    private final boolean background;
    private final Map<String, RandomAccessFile> pipes = new HashMap<>();

    /**
     * @param place whose job has steps in the background or has none
     */
    ControlPipes(JobPlace place) {
        this.folders = place.folders();
        this.background = place.order().job().steps().stream().anyMatch(step -> step.background());
    }

    /**
     * Opened once, before the first step ran: later the job could have put a link in its place.
     * Opening a pipe for both directions does not wait for the other end.
     */
    private void open() {
        if (!pipes.isEmpty()) {
            return;
        }
        var names = new ArrayList<>(List.of("steps", "signals"));
        if (background) {
            names.add("beside");
        }
        for (int lane = 1; background && lane <= Limits.BACKGROUND_STEPS; lane++) {
            names.add("out" + lane);
        }
        try {
            for (String name : names) {
                pipes.put(
                        name, new RandomAccessFile(folders.control().resolve(name).toFile(), "rw"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void tell(String pipe, String line) {
        open();
        try {
            Objects.requireNonNull(pipes.get(pipe))
                    .write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized boolean listen(int lane, Output.Sink sink) {
        open();
        RandomAccessFile pipe = pipes.get("out" + lane);
        if (pipe == null) {
            return false;
        }
        FileChannel channel = pipe.getChannel();
        Thread.ofPlatform().daemon().name("job-lane").start(() -> pump(channel, sink));
        return true;
    }

    /** Until the channel is closed: the server holds the pipe open itself, so it has no end. */
    private static void pump(FileChannel channel, Output.Sink sink) {
        var buffer = ByteBuffer.allocate(CHUNK);
        try {
            while (channel.read(buffer) >= 0) {
                sink.accept(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        } catch (IOException closed) {
            // the job is over
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
