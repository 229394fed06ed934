package dev.rondo.loop;

import dev.rondo.loop.view.HomeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The loop as a lying eight: the lemniscate of Bernoulli, cut into eight pieces. Plan, code, build
 * and test run around the left half, release, deploy, operate and monitor around the right one.
 */
final class LyingEight {

    private static final double HALF_WIDTH = 330;
    private static final double STRETCH = 1.28;
    private static final double CENTRE_X = 400;
    private static final double CENTRE_Y = 165;
    private static final int POINTS = 18;

    private LyingEight() {}

    /** The piece of one phase, 1 to 8. */
    static HomeView.Piece piece(int place) {
        double from = Math.PI / 2 + (place - 1) * Math.PI / 4;
        var path = new StringBuilder();
        for (int i = 0; i <= POINTS; i++) {
            double t = from + (0.02 + 0.96 * i / POINTS) * Math.PI / 4;
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f ", i == 0 ? "M" : "L", x(t), y(t)));
        }
        double middle = from + Math.PI / 8;
        return new HomeView.Piece(path.toString().strip(), (int) x(middle), (int) y(middle));
    }

    static List<HomeView.Piece> pieces() {
        var pieces = new ArrayList<HomeView.Piece>();
        for (int place = 1; place <= 8; place++) {
            pieces.add(piece(place));
        }
        return pieces;
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
