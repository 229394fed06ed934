package dev.rondo.testing.reports;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * A set of line numbers, kept as runs: a covered file is a few runs, however long it is. Written as
 * {@code 1-5,8}.
 */
public final class Lines {
    public static final Lines NONE = new Lines(new int[0]);

    /** First and last of each run, in order, with a gap between runs. */
    private final int[] runs;

    private Lines(int[] runs) {
        this.runs = runs;
    }

    public static Lines of(BitSet bits) {
        var runs = new int[16];
        int n = 0;
        for (int from = bits.nextSetBit(0); from >= 0; ) {
            int to = bits.nextClearBit(from);
            if (n == runs.length) {
                runs = Arrays.copyOf(runs, n * 2);
            }
            runs[n++] = from;
            runs[n++] = to - 1;
            from = bits.nextSetBit(to);
        }
        return n == 0 ? NONE : new Lines(Arrays.copyOf(runs, n));
    }

    public static Lines of(int... numbers) {
        var bits = new BitSet();
        for (int number : numbers) {
            bits.set(number);
        }
        return of(bits);
    }

    /** Reads what {@link #toString} wrote. */
    public static Lines parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        var runs =
                Arrays.stream(text.split(","))
                        .flatMapToInt(run -> {
                            int dash = run.indexOf('-');
                            return dash < 0
                                    ? IntStream.of(Integer.parseInt(run), Integer.parseInt(run))
                                    : IntStream.of(
                                            Integer.parseInt(run.substring(0, dash)),
                                            Integer.parseInt(run.substring(dash + 1)));
                        })
                        .toArray();
        return new Lines(runs);
    }

    public int count() {
        int count = 0;
        for (int i = 0; i < runs.length; i += 2) {
            count += runs[i + 1] - runs[i] + 1;
        }
        return count;
    }

    public boolean isEmpty() {
        return runs.length == 0;
    }

    public boolean contains(int line) {
        for (int i = 0; i < runs.length && runs[i] <= line; i += 2) {
            if (line <= runs[i + 1]) {
                return true;
            }
        }
        return false;
    }

    public Lines union(Lines other) {
        var bits = bits();
        bits.or(other.bits());
        return of(bits);
    }

    public Lines intersection(Lines other) {
        var bits = bits();
        bits.and(other.bits());
        return of(bits);
    }

    public Lines without(Lines other) {
        var bits = bits();
        bits.andNot(other.bits());
        return of(bits);
    }

    public IntStream stream() {
        return bits().stream();
    }

    private BitSet bits() {
        var bits = new BitSet();
        for (int i = 0; i < runs.length; i += 2) {
            bits.set(runs[i], runs[i + 1] + 1);
        }
        return bits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lines lines && Arrays.equals(runs, lines.runs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(runs);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < runs.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(runs[i]);
            if (runs[i + 1] > runs[i]) {
                text.append('-').append(runs[i + 1]);
            }
        }
        return text.toString();
    }
}
