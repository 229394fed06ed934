package dev.rondo.monitoring.metrics;

/** Reads what {@link BitWriter} wrote. Past the end it throws, as of a damaged chunk. */
final class BitReader {

    private final byte[] bytes;
    private int at;

    BitReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean bit() {
        var set = (bytes[at >> 3] & (0x80 >>> (at & 7))) != 0;
        at++;
        return set;
    }

    long bits(int count) {
        long value = 0;
        var left = count;
        while (left > 0) {
            var inByte = 8 - (at & 7);
            var take = Math.min(inByte, left);
            var chunk = (bytes[at >> 3] & 0xff) >>> (inByte - take) & ((1 << take) - 1);
            value = value << take | chunk;
            at += take;
            left -= take;
        }
        return value;
    }

    /** As {@link #bits}, with the highest bit as the sign. */
    long signed(int count) {
        var shift = 64 - count;
        return bits(count) << shift >> shift;
    }
}
