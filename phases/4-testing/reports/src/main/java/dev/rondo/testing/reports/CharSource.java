package dev.rondo.testing.reports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The characters of a report with their place. Line ends of all systems become {@code \n}; bytes
 * that are no characters become U+FFFD.
 */
final class CharSource {
    private static final Pattern ENCODING =
            Pattern.compile("^<\\?xml[^>]*\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final int HEAD = 512;

    private final Reader in;
    private final char[] buffer = new char[16 * 1024];
    private int at;
    private int end;
    private int line = 1;
    private int column = 1;

    private CharSource(Reader in) {
        this.in = in;
    }

    /** In the encoding that the byte order mark or the XML declaration names, else UTF-8. */
    static CharSource of(InputStream bytes) {
        var in = new BufferedInputStream(bytes, 32 * 1024);
        try {
            in.mark(HEAD);
            var head = in.readNBytes(HEAD);
            in.reset();
            var charset = charset(head);
            int mark = markLength(head);
            in.skipNBytes(mark);
            return new CharSource(new InputStreamReader(in, charset));
        } catch (IOException e) {
            throw new Unreadable("testing.report.io", String.valueOf(e.getMessage()));
        }
    }

    private static Charset charset(byte[] head) {
        if (starts(head, 0xFE, 0xFF) || starts(head, 0, '<')) {
            return StandardCharsets.UTF_16BE;
        }
        if (starts(head, 0xFF, 0xFE) || starts(head, '<', 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return declared(new String(head, StandardCharsets.ISO_8859_1))
                .orElse(StandardCharsets.UTF_8);
    }

    private static Optional<Charset> declared(String head) {
        var matcher = ENCODING.matcher(head);
        if (!matcher.find()) {
            return Optional.empty();
        }
        if (!Charset.isSupported(matcher.group(1))) {
            throw new Unreadable(1, 1, "testing.report.encoding", matcher.group(1));
        }
        return Optional.of(Charset.forName(matcher.group(1)));
    }

    private static int markLength(byte[] head) {
        if (starts(head, 0xEF, 0xBB, 0xBF)) {
            return 3;
        }
        return starts(head, 0xFE, 0xFF) || starts(head, 0xFF, 0xFE) ? 2 : 0;
    }

    private static boolean starts(byte[] head, int... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** The next character without taking it, or -1 at the end. */
    int peek() {
        return at < end || fill() ? buffer[at] : -1;
    }

    /** The next character, or -1 at the end. */
    int read() {
        if (at == end && !fill()) {
            return -1;
        }
        char c = buffer[at++];
        if (c == '\r') {
            if (peek() == '\n') {
                at++;
            }
            c = '\n';
        }
        if (c == '\n') {
            line++;
            column = 1;
        } else {
            column++;
        }
        return c;
    }

    /** Where the next character stands, from 1. */
    int line() {
        return line;
    }

    int column() {
        return column;
    }

    private boolean fill() {
        try {
            at = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
            return end > 0;
        } catch (IOException e) {
            throw new Unreadable("testing.report.io", String.valueOf(e.getMessage()));
        }
    }
}
