package dev.rondo.loop;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Finds the way of an edge between two nodes of a thread: along, across the lanes, along; where it
 * crosses as few boxes as can be. Pure.
 */
final class ThreadRoutes {

    private static final int RADIUS = 9;
    private static final int TRIES = 60;

    private ThreadRoutes() {}

    /** A node's box and where the line behind it ends. */
    record Box(int x, int y, int width, int height, int end) {

        int middle() {
            return y + height / 2;
        }

        private boolean meets(int x1, int x2, int y1, int y2) {
            return Math.max(x1, x2) >= x - 3
                    && Math.min(x1, x2) <= x + width + 3
                    && Math.max(y1, y2) >= y - 3
                    && Math.min(y1, y2) <= y + height + 3;
        }
    }

    /** Where an edge leaves or arrives; {@code left} is at the box's left side. */
    record End(int box, int x, boolean left) {}

    /** The path of an edge, for SVG; {@code to.x()} lies to the right of {@code from.x()}. */
    static String path(List<Box> boxes, End from, End to) {
        int y1 = boxes.get(from.box()).middle();
        int y2 = boxes.get(to.box()).middle();
        int last = to.left() ? to.x() - RADIUS - 3 : to.x();
        var turns = new TreeSet<Integer>();
        turns.add(from.x());
        turns.add(last);
        int step = Math.max(6, (last - from.x()) / TRIES);
        for (int x = from.x(); x < last; x += step) {
            turns.add(x);
        }
        int best = from.x();
        double least = Double.MAX_VALUE;
        for (int turn : turns) {
            double cost = cost(boxes, from, to, turn);
            if (cost < least) {
                least = cost;
                best = turn;
            }
        }
        return drawn(from.x(), y1, best, to.x(), y2);
    }

    private static double cost(List<Box> boxes, End from, End to, int turn) {
        var source = boxes.get(from.box());
        var target = boxes.get(to.box());
        int y1 = source.middle();
        int y2 = target.middle();
        double cost = 0;
        for (int i = 0; i < boxes.size(); i++) {
            var box = boxes.get(i);
            if (i != from.box() && box.meets(from.x(), turn, y1, y1)) {
                cost += i == to.box() ? 40 : 10;
            }
            if (i != from.box() && i != to.box() && box.meets(turn, turn, y1, y2)) {
                cost += 10;
            }
            if (i != to.box() && box.meets(turn, to.x(), y2, y2)) {
                cost += i == from.box() ? 40 : 10;
            }
        }
        // Beside a line of life an edge cannot be told from it.
        if (turn > from.x() && source.end() > source.x() + source.width()) {
            cost += 4;
        }
        if (!to.left() && turn < to.x()) {
            cost += 4;
        }
        return cost + Math.min(turn - from.x(), to.x() - turn) * .002 + (turn - from.x()) * .0005;
    }

    private static String drawn(int x1, int y1, int turn, int x2, int y2) {
        if (y1 == y2) {
            return "M" + x1 + " " + y1 + "H" + x2;
        }
        int down = y2 > y1 ? 1 : -1;
        int radius = Math.min(RADIUS, Math.abs(y2 - y1) / 2);
        int first = Math.min(radius, turn - x1);
        int second = Math.min(radius, x2 - turn);
        return String.format(
                Locale.ROOT,
                "M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d",
                x1,
                y1,
                turn - first,
                turn,
                y1,
                turn,
                y1 + down * first,
                y2 - down * second,
                turn,
                y2,
                turn + second,
                y2,
                x2);
    }
}
