package dev.rondo.joblogs;

import dev.rondo.store.Micros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes the log of a running job and tells those who look. Above the limit nothing is kept any
 * more, and the last line says so.
 */
public final class LogWriter implements AutoCloseable {
    private final LogPulse pulse;
    private final FileChannel channel;
    private final FileChannel places;
    private long lines;
    private long bytes;
    private boolean full;

    /** {@code grew} is called at once after a silence, then every forty milliseconds at most. */
    public LogWriter(LogFile file, Runnable grew) {
        this.pulse = new LogPulse(grew);
        try {
            Files.createDirectories(file.file().getParent());
            this.channel = open(file.file());
            this.places = open(file.index());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** One line of the step at a place. */
    public synchronized void line(int step, String text) {
        write(step, text);
        pulse.beat();
    }

    private void write(int step, String text) {
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

    public synchronized long lines() {
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
