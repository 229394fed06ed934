package dev.rondo.jobs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Bytes as they come to lines; a line that is too long is cut into several, but neither within a
 * character nor where a record separator may begin what a {@link DrivenShell} has to see whole.
 */
public final class LineCutter {
    private static final byte MARK = 0x1e;
    private static final int MARK_BYTES = 256;

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
            cut();
        }
    }

    /** Passes on what has come of a line, but for an end that is not whole yet. */
    private void cut() {
        byte[] bytes = pending.toByteArray();
        int end = whole(bytes);
        for (int i = bytes.length - 1; i >= Math.max(0, bytes.length - MARK_BYTES); i--) {
            if (bytes[i] == MARK) {
                end = i;
                break;
            }
        }
        pending.reset();
        lines.accept(new String(bytes, 0, end, StandardCharsets.UTF_8));
        pending.write(bytes, end, bytes.length - end);
    }

    /** Where the last character that is whole ends; of what is no UTF-8, all. */
    private static int whole(byte[] bytes) {
        int start = bytes.length - 1;
        while (start > bytes.length - 4 && (bytes[start] & 0xc0) == 0x80) {
            start--;
        }
        int first = bytes[start] & 0xff;
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
        return start + length > bytes.length ? start : bytes.length;
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
