package dev.rondo.loop;

import dev.rondo.loop.view.HomeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The loop as a lying eight: the lemniscate of Bernoulli, cut into eight pieces of equal length.
 * Plan, code, build and test run around the left half, release, deploy, operate and monitor around
 * the right one, in the direction in which work flows.
 */
final class LyingEight {

    private static final double HALF_WIDTH = 400;
    private static final double STRETCH = 1.22;
    private static final double CENTRE_X = 500;
    private static final double CENTRE_Y = 225;
    private static final int FINE = 1600;
    private static final int POINTS = 20;
    private static final double GAP = 0.045;
    private static final double[] LENGTHS = lengths();
    private static final List<HomeView.Piece> PIECES = pieces();

    private LyingEight() {}

    /** The piece of one phase, 1 to 8. */
    static HomeView.Piece piece(int place) {
        return PIECES.get(place - 1);
    }

    static List<HomeView.Piece> pieces() {
        var pieces = new ArrayList<HomeView.Piece>();
        for (int place = 0; place < 8; place++) {
            double middle = angle(place + 0.5);
            pieces.add(
                    new HomeView.Piece(
                            path(place + GAP, place + 1 - GAP),
                            (int) Math.round(x(middle)),
                            (int) Math.round(y(middle))));
        }
        return List.copyOf(pieces);
    }

    /** The line between two places; whole numbers are where a phase hands over to the next. */
    private static String path(double from, double to) {
        var path = new StringBuilder();
        for (int i = 0; i <= POINTS; i++) {
            double t = angle(from + (to - from) * i / POINTS);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f ", i == 0 ? "M" : "L", x(t), y(t)));
        }
        return path.toString().strip();
    }

    /** The curve's parameter where that many eighths of its length are behind. */
    private static double angle(double eighths) {
        double wanted = eighths / 8 * LENGTHS[FINE];
        int i = 1;
        while (i < FINE && LENGTHS[i] < wanted) {
            i++;
        }
        double share = (wanted - LENGTHS[i - 1]) / (LENGTHS[i] - LENGTHS[i - 1]);
        return parameter(i - 1 + share);
    }

    private static double parameter(double step) {
        return Math.PI / 2 + 2 * Math.PI * step / FINE;
    }

    private static double[] lengths() {
        var lengths = new double[FINE + 1];
        for (int i = 1; i <= FINE; i++) {
            double a = parameter(i - 1);
            double b = parameter(i);
            lengths[i] = lengths[i - 1] + Math.hypot(x(b) - x(a), y(b) - y(a));
        }
        return lengths;
    }

    private static double x(double t) {
        return CENTRE_X + HALF_WIDTH * Math.cos(t) / (1 + Math.sin(t) * Math.sin(t));
    }

    private static double y(double t) {
        return CENTRE_Y
                + STRETCH
                        * HALF_WIDTH
                        * Math.sin(t)
                        * Math.cos(t)
                        / (1 + Math.sin(t) * Math.sin(t));
    }
}
