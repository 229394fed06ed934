package dev.rondo.monitoring.metrics;

import java.util.Arrays;

/** Appends bits to a growing array, highest bit first. */
final class BitWriter {

    private byte[] bytes = new byte[128];
    private int bits;

    void bit(boolean set) {
        if (bits >> 3 == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        if (set) {
            bytes[bits >> 3] |= (byte) (0x80 >>> (bits & 7));
        }
        bits++;
    }

    /** The lowest {@code count} bits of the value. */
    void bits(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            bit((value >>> i & 1) != 0);
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, (bits + 7) >> 3);
    }
}
