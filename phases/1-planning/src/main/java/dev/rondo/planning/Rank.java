package dev.rondo.planning;

/**
 * Places in an order that never need the others to move: strings of digits and lower-case letters
 * which sort alike under every collation. Ends grow by counting in a fixed width; what stands
 * between two is a fraction behind the first.
 */
final class Rank {

    /** The place of the first item of all. */
    static final String FIRST = "i0000000";

    /** Longer ones are a sign to spread the whole order anew. */
    static final int LONG = 120;

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int BASE = 36;
    private static final int WIDTH = 8;
    private static final long STEP = 36L * 36;

    private Rank() {}

    /** A place behind the last one. */
    static String after(String last) {
        return ofNumber(number(last) + STEP);
    }

    /** A place before the first one. */
    static String before(String first) {
        return ofNumber(number(first) - STEP);
    }

    /** The n-th place of an order that is spread anew. */
    static String spread(long n) {
        return ofNumber(number(FIRST) + n * STEP);
    }

    /** A place between two, the first being less than the second. */
    static String between(String low, String high) {
        if (low.compareTo(high) >= 0) {
            throw new IllegalArgumentException(low + " is not before " + high);
        }
        var middle = middle(low, high);
        // Never shorter than those at the ends, or "a1" and "a100" would leave nothing between.
        return middle.length() < WIDTH
                ? middle + "0".repeat(WIDTH - middle.length()) + DIGITS.charAt(BASE / 2)
                : middle;
    }

    private static String middle(String low, String high) {
        var middle = new StringBuilder();
        for (int i = 0; ; i++) {
            int a = digit(low, i, 0);
            int b = digit(high, i, BASE);
            middle.append(DIGITS.charAt(b - a > 1 ? (a + b) / 2 : a));
            if (b - a > 1) {
                return middle.toString();
            }
            if (b != a) {
                // No room at this digit: it stays the low one's, and the rest lies above its rest.
                return middle.append(above(low, i + 1)).toString();
            }
        }
    }

    /** The shortest rest that is greater than the rest of {@code low} from a position on. */
    private static String above(String low, int from) {
        var rest = new StringBuilder();
        for (int i = from; ; i++) {
            int a = digit(low, i, 0);
            if (a < BASE - 1) {
                return rest.append(DIGITS.charAt((a + BASE) / 2)).toString();
            }
            rest.append(DIGITS.charAt(a));
        }
    }

    private static int digit(String rank, int at, int beyond) {
        return at < rank.length() ? DIGITS.indexOf(rank.charAt(at)) : beyond;
    }

    private static long number(String rank) {
        var head = (rank + "0".repeat(WIDTH)).substring(0, WIDTH);
        return Long.parseLong(head, BASE);
    }

    private static String ofNumber(long number) {
        var digits = Long.toString(number, BASE);
        if (number < 0 || digits.length() > WIDTH) {
            throw new IllegalStateException("the order has no place left at its end");
        }
        return "0".repeat(WIDTH - digits.length()) + digits;
    }
}
