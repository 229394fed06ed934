package dev.rondo.joblogs;

import dev.rondo.store.Micros;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/** A log file as plain text, line by line: time in ISO-8601 and what was written. */
final class LogText extends InputStream {
    private final BufferedReader lines;
    private byte[] current = {};
    private int at;

    LogText(BufferedReader lines) {
        this.lines = lines;
    }

    private boolean fill() throws IOException {
        if (at < current.length) {
            return true;
        }
        String line = lines.readLine();
        if (line == null) {
            return false;
        }
        current = shown(line).getBytes(StandardCharsets.UTF_8);
        at = 0;
        return true;
    }

    /** With its end. */
    static String shown(String line) {
        String[] parts = line.split("\t", 3);
        return (parts.length < 3
                        ? line
                        : Micros.toInstant(Long.parseLong(parts[0])).truncatedTo(ChronoUnit.MILLIS)
                                + " "
                                + parts[2])
                + "\n";
    }

    /** The place of the step that wrote a line. */
    static int step(String line) {
        String[] parts = line.split("\t", 3);
        return parts.length < 3 ? 0 : Integer.parseInt(parts[1]);
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, buffer, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
