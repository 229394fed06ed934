package dev.rondo.jobs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Bytes as they come to lines; a line that is too long is cut into several. */
public final class LineCutter {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean returned;

    public LineCutter(Consumer<String> lines) {
        this.lines = lines;
    }

    /** A return, a line feed and both together end a line each, as in GitHub's runner. */
    public void accept(byte[] buffer, int offset, int length) {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            byte one = buffer[i];
            if (one != '\n' && one != '\r') {
                returned = false;
                continue;
            }
            boolean secondHalf = one == '\n' && returned;
            returned = one == '\r';
            if (!secondHalf) {
                pending.write(buffer, from, i - from);
                flush();
            }
            from = i + 1;
        }
        pending.write(buffer, from, offset + length - from);
        if (pending.size() > Limits.LOG_LINE_BYTES) {
            flush();
        }
    }

    /** Passes on what has no end of line yet. */
    public void end() {
        if (pending.size() > 0) {
            flush();
        }
    }

    private void flush() {
        String line = pending.toString(StandardCharsets.UTF_8);
        pending.reset();
        lines.accept(line);
    }
}
