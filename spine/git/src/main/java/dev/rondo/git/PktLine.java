package dev.rondo.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Git's framing: four hex digits of length, then the bytes (gitprotocol-common, "pkt-line"). */
final class PktLine {

    static final int MAX_DATA = 65516;
    static final byte[] FLUSH = "0000".getBytes(StandardCharsets.US_ASCII);

    private PktLine() {}

    /** The next line's bytes, or null at a flush. A stream that ends here is an error. */
    static byte @Nullable [] read(InputStream in) throws IOException {
        int length = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(in.read(), 16);
            if (digit < 0) {
                throw new EOFException("not a line of the git protocol");
            }
            length = length << 4 | digit;
        }
        if (length < 4) {
            return null;
        }
        byte[] data = in.readNBytes(length - 4);
        if (data.length < length - 4) {
            throw new EOFException("a line of the git protocol is cut off");
        }
        return data;
    }

    static void write(OutputStream out, byte[] data) throws IOException {
        out.write(String.format("%04x", data.length + 4).getBytes(StandardCharsets.US_ASCII));
        out.write(data);
    }

    static void write(OutputStream out, String line) throws IOException {
        write(out, line.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a channel of the side band: 1 data, 2 progress, 3 fatal. */
    static void band(OutputStream out, int channel, byte[] data, int max) throws IOException {
        for (int from = 0; from < data.length; from += max - 1) {
            int length = Math.min(max - 1, data.length - from);
            byte[] chunk = new byte[length + 1];
            chunk[0] = (byte) channel;
            System.arraycopy(data, from, chunk, 1, length);
            write(out, chunk);
        }
    }
}
