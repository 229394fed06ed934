package dev.rondo.building;

import dev.rondo.actions.Masks;
import dev.rondo.store.Micros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * Writes the log of a running job. Every line is masked before it is written, and told to those who
 * look. Above the limit nothing is kept any more, and the last line says so.
 */
final class JobLog implements AutoCloseable {
    private final Masks masks;
    private final LogPulse pulse;
    private final FileChannel channel;
    private final FileChannel places;
    private long lines;
    private long bytes;
    private boolean full;
    private int step;

    JobLog(LogFile file, Masks masks, LogPulse pulse) {
        this.masks = masks;
        this.pulse = pulse;
        try {
            Files.createDirectories(file.file().getParent());
            this.channel = open(file.file());
            this.places = open(file.index());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(java.nio.file.Path path) throws IOException {
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** The step that what follows belongs to; returns the number of its first line. */
    synchronized long step(int place) {
        step = place;
        return lines;
    }

    void error(String text) {
        line("##[error]" + text);
    }

    /** One line, or several where the text has breaks. */
    synchronized void line(String text) {
        for (String one : masks.hide(text).split("\r?\n", -1)) {
            write(one);
        }
        pulse.beat();
    }

    private void write(String text) {
        if (full) {
            return;
        }
        if (bytes > Limits.LOG_BYTES) {
            full = true;
            text =
                    "##[error]The log is cut here: it is larger than "
                            + (Limits.LOG_BYTES >> 20)
                            + " MiB";
        }
        byte[] line =
                (Micros.now() + "\t" + step + "\t" + text + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (lines % LogFile.STRIDE == 0) {
                places.write(ByteBuffer.allocate(Long.BYTES).putLong(bytes).flip());
            }
            var buffer = ByteBuffer.wrap(line);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines++;
        bytes += line.length;
    }

    String masked(String text) {
        return masks.hide(text);
    }

    synchronized long lines() {
        return lines;
    }

    /** Makes durable what was written. */
    @Override
    public synchronized void close() {
        try (channel;
                places) {
            channel.force(true);
            places.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pulse.beat();
    }
}
