package dev.rondo.deploying.router;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whose turn it is, by weight: exact over every window of (sum of weights / greatest common
 * divisor) requests, so that 10 % is one request of each ten. Within a window the order is
 * shuffled, and each window differently: a fixed order would beat against clients that ask for the
 * same paths in the same order, and a canary would only ever see one of them.
 */
final class WeightedTurns {

    private static final int WINDOWS = 61;
    private static final int LONGEST_WINDOW = 1000;

    private final int[] turns;
    private final AtomicLong next = new AtomicLong();

    WeightedTurns(int[] weights, long seed) {
        this.turns = turns(reduced(weights), new Random(seed));
    }

    /** The index of the weight whose turn it is, or -1 if all weights are 0. */
    int next() {
        if (turns.length == 0) {
            return -1;
        }
        if (turns.length == 1) {
            return turns[0];
        }
        return turns[(int) (next.getAndIncrement() % turns.length)];
    }

    private static int[] turns(int[] weights, Random random) {
        int window = 0;
        int positive = 0;
        int last = -1;
        for (int i = 0; i < weights.length; i++) {
            window += weights[i];
            if (weights[i] > 0) {
                positive++;
                last = i;
            }
        }
        if (positive <= 1) {
            return last < 0 ? new int[0] : new int[] {last};
        }
        var turns = new int[window * WINDOWS];
        for (int w = 0; w < WINDOWS; w++) {
            int at = w * window;
            for (int i = 0; i < weights.length; i++) {
                for (int n = 0; n < weights[i]; n++) {
                    turns[at++] = i;
                }
            }
            shuffle(turns, w * window, window, random);
        }
        return turns;
    }

    private static void shuffle(int[] turns, int from, int length, Random random) {
        for (int i = length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = turns[from + i];
            turns[from + i] = turns[from + j];
            turns[from + j] = kept;
        }
    }

    private static int[] reduced(int[] weights) {
        int divisor = 0;
        long sum = 0;
        for (int weight : weights) {
            divisor = greatestCommonDivisor(divisor, weight);
            sum += weight;
        }
        var reduced = new int[weights.length];
        if (divisor == 0) {
            return reduced;
        }
        // Weights far beyond percentages are rounded to parts of a thousand, never to nothing.
        double scale =
                sum / divisor > LONGEST_WINDOW ? (double) LONGEST_WINDOW / sum : 1.0 / divisor;
        for (int i = 0; i < weights.length; i++) {
            reduced[i] = weights[i] == 0 ? 0 : Math.max(1, (int) Math.round(weights[i] * scale));
        }
        return reduced;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
