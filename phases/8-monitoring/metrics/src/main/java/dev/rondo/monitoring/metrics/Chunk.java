package dev.rondo.monitoring.metrics;

/**
 * The compression of one chunk, after "Gorilla: A Fast, Scalable, In-Memory Time Series Database"
 * (Pelkonen et al., VLDB 2015, section 4.1): times as differences of differences, values as the
 * exclusive or with the one before. The widths of the time's classes are those of Prometheus, which
 * fit milliseconds.
 */
final class Chunk {

    /**
     * Samples in a full chunk, as in Prometheus: small enough to read one, large enough to pack.
     */
    static final int SAMPLES = 120;

    private static final int NO_WINDOW = -1;

    private Chunk() {}

    static byte[] encode(long[] times, double[] values, int count) {
        var out = new BitWriter();
        long step = 0;
        long before = 0;
        var leading = NO_WINDOW;
        var width = 0;
        for (int i = 0; i < count; i++) {
            var bits = Double.doubleToRawLongBits(values[i]);
            if (i == 0) {
                out.bits(times[0], 64);
                out.bits(bits, 64);
                before = bits;
                continue;
            }
            var newStep = times[i] - times[i - 1];
            writeTime(out, newStep - step);
            step = newStep;

            var xor = bits ^ before;
            before = bits;
            out.bit(xor != 0);
            if (xor == 0) {
                continue;
            }
            var zerosBefore = Math.min(Long.numberOfLeadingZeros(xor), 31);
            var zerosAfter = Long.numberOfTrailingZeros(xor);
            if (leading != NO_WINDOW
                    && zerosBefore >= leading
                    && zerosAfter >= 64 - leading - width) {
                out.bit(false);
            } else {
                leading = zerosBefore;
                width = 64 - zerosBefore - zerosAfter;
                out.bit(true);
                out.bits(leading, 5);
                // 1 to 64 in six bits: 64 is written as 0.
                out.bits(width & 63, 6);
            }
            out.bits(xor >>> (64 - leading - width), width);
        }
        return out.toBytes();
    }

    private static void writeTime(BitWriter out, long change) {
        if (change == 0) {
            out.bit(false);
        } else if (fits(change, 14)) {
            out.bits(0b10, 2);
            out.bits(change, 14);
        } else if (fits(change, 17)) {
            out.bits(0b110, 3);
            out.bits(change, 17);
        } else if (fits(change, 20)) {
            out.bits(0b1110, 4);
            out.bits(change, 20);
        } else {
            out.bits(0b1111, 4);
            out.bits(change, 64);
        }
    }

    private static boolean fits(long value, int bits) {
        var limit = 1L << (bits - 1);
        return value >= -limit && value < limit;
    }

    /** Hands out the samples of a chunk in their order. */
    static void decode(byte[] body, int count, SampleSink sink) {
        var in = new BitReader(body);
        long time = 0;
        long step = 0;
        long value = 0;
        var leading = 0;
        var width = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0) {
                time = in.bits(64);
                value = in.bits(64);
            } else {
                step += readTime(in);
                time += step;
                if (in.bit()) {
                    if (in.bit()) {
                        leading = (int) in.bits(5);
                        width = (int) in.bits(6);
                        width = width == 0 ? 64 : width;
                    }
                    value ^= in.bits(width) << (64 - leading - width);
                }
            }
            sink.sample(time, Double.longBitsToDouble(value));
        }
    }

    private static long readTime(BitReader in) {
        if (!in.bit()) {
            return 0;
        }
        if (!in.bit()) {
            return in.signed(14);
        }
        if (!in.bit()) {
            return in.signed(17);
        }
        return in.bit() ? in.bits(64) : in.signed(20);
    }

    interface SampleSink {
        void sample(long millis, double value);
    }
}
