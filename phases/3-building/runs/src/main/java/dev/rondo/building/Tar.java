package dev.rondo.building;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar archive (POSIX ustar; names above 100 bytes in GNU's way). Owner and times are 0, so
 * that the same files give the same digest.
 */
final class Tar implements AutoCloseable {
    private static final int BLOCK = 512;

    private final OutputStream out;

    Tar(OutputStream out) {
        this.out = out;
    }

    /**
     * Adds a file of exactly {@code size} bytes; what is missing is filled, what is more is left.
     */
    void add(String name, long size, boolean executable, InputStream in) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 100) {
            header("././@LongLink".getBytes(StandardCharsets.UTF_8), bytes.length + 1L, 0644, 'L');
            out.write(bytes);
            out.write(0);
            pad(bytes.length + 1L);
        }
        header(
                Arrays.copyOf(bytes, Math.min(bytes.length, 100)),
                size,
                executable ? 0755 : 0644,
                '0');
        long left = size;
        byte[] buffer = new byte[1 << 16];
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException(name + " became shorter while it was packed");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        pad(size);
    }

    private void header(byte[] name, long size, int mode, char type) throws IOException {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, name.length);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, 0);
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        text(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        out.write(header);
    }

    private static void octal(byte[] header, int at, int length, long value) {
        text(header, at, ("%0" + (length - 1) + "o\0").formatted(value));
    }

    private static void text(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
