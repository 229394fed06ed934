package dev.rondo.joblogs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The log of a job on disk: one line each of micros, step and text, parted by tabs. A second file
 * holds the place of every 256th line, so that any line is found without reading what is before.
 */
public final class LogFile {
    static final int STRIDE = 256;

    private final Path file;
    private final Path index;

    LogFile(Path folder, String job) {
        this.file = folder.resolve(job + ".log");
        this.index = folder.resolve(job + ".index");
    }

    /** One line; numbers count from 0. */
    public record Line(long number, long micros, int step, String text) {}

    public Path file() {
        return file;
    }

    Path index() {
        return index;
    }

    public boolean exists() {
        return Files.isRegularFile(file);
    }

    /** Lines from a number on, at most {@code limit}; a last line without its end is left out. */
    public List<Line> read(long from, int limit) {
        if (!exists()) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long number = seek(channel, from);
            var lines = new ArrayList<Line>();
            var reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    Channels.newInputStream(channel), StandardCharsets.UTF_8),
                            1 << 16);
            String line = reader.readLine();
            while (line != null && lines.size() < limit) {
                if (number >= from) {
                    lines.add(parse(number, line));
                }
                number++;
                line = reader.readLine();
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many lines there are; a last one without its end does not count yet. */
    public long count() {
        if (!exists()) {
            return 0;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long lines = seek(channel, Long.MAX_VALUE);
            var buffer = ByteBuffer.allocate(1 << 16);
            while (channel.read(buffer) > 0) {
                for (int i = 0; i < buffer.position(); i++) {
                    if (buffer.get(i) == '\n') {
                        lines++;
                    }
                }
                buffer.clear();
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes to the last known place at or before a line; returns that line's number. */
    private long seek(FileChannel channel, long from) throws IOException {
        if (!Files.isRegularFile(index)) {
            return 0;
        }
        try (FileChannel places = FileChannel.open(index, StandardOpenOption.READ)) {
            long known = places.size() / Long.BYTES;
            long slot = Math.min(Math.max(from, 0) / STRIDE, known - 1);
            if (slot < 0) {
                return 0;
            }
            var place = ByteBuffer.allocate(Long.BYTES);
            places.read(place, slot * Long.BYTES);
            channel.position(place.flip().getLong());
            return slot * STRIDE;
        }
    }

    private static Line parse(long number, String line) {
        int first = line.indexOf('\t');
        int second = line.indexOf('\t', first + 1);
        return first < 0 || second < 0
                ? new Line(number, 0, 0, line)
                : new Line(
                        number,
                        Long.parseLong(line.substring(0, first)),
                        Integer.parseInt(line.substring(first + 1, second)),
                        line.substring(second + 1));
    }
}
