package dev.rondo.monitoring.metrics;

import java.io.ByteArrayOutputStream;

/**
 * All samples of one instant as a row of the log before the chunks. A whole number, as most
 * counters are, takes as many bytes as it needs; anything else its eight and one.
 */
final class Batch {

    private static final long WHOLE_LIMIT = 1L << 53;

    private Batch() {}

    /** Numbers of series, rising, and their values; at most {@code count} of them. */
    static byte[] encode(int[] series, double[] values, int count) {
        var out = new ByteArrayOutputStream(count * 4 + 8);
        var before = 0;
        for (int i = 0; i < count; i++) {
            number(out, series[i] - before);
            before = series[i];
            var value = values[i];
            var whole = (long) value;
            if (whole == value && whole >= 0 && whole < WHOLE_LIMIT && !isNegativeZero(value)) {
                number(out, whole << 1);
            } else {
                number(out, 1);
                var bits = Double.doubleToRawLongBits(value);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    out.write((int) (bits >>> shift));
                }
            }
        }
        return out.toByteArray();
    }

    static void decode(byte[] body, Sink sink) {
        var at = 0;
        var series = 0L;
        while (at < body.length) {
            long delta = 0;
            for (int shift = 0; ; shift += 7) {
                var b = body[at++];
                delta |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    break;
                }
            }
            series += delta;
            long head = 0;
            for (int shift = 0; ; shift += 7) {
                var b = body[at++];
                head |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    break;
                }
            }
            if ((head & 1) == 0) {
                sink.sample((int) series, (double) (head >>> 1));
            } else {
                long bits = 0;
                for (int i = 0; i < 8; i++) {
                    bits = bits << 8 | (body[at++] & 0xff);
                }
                sink.sample((int) series, Double.longBitsToDouble(bits));
            }
        }
    }

    private static boolean isNegativeZero(double value) {
        return value == 0 && Double.doubleToRawLongBits(value) != 0;
    }

    private static void number(ByteArrayOutputStream out, long value) {
        var rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    interface Sink {
        void sample(int series, double value);
    }
}
