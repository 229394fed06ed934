package dev.rondo.testing;

import dev.rondo.testing.view.PyramidView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the test pyramid: the top edge of each layer is as wide as the layer above, so that a sound
 * set of tests looks like a pyramid and an inverted one stands on its tip. Widths go by the square
 * root of the counts, as areas are compared; the counts stand beside.
 */
final class Pyramid {
    private static final List<Level> FROM_TOP = List.of(Level.UI, Level.INTEGRATION, Level.UNIT);
    private static final int MIDDLE = 325;
    private static final int WIDEST = 260;
    private static final int NARROWEST = 10;
    private static final int ROW = 62;
    private static final int GAP = 4;
    private static final int TIME_WIDTH = 150;

    private Pyramid() {}

    static PyramidView draw(Map<String, Totals.LevelTotal> levels, Sentences sentences) {
        int most = 0;
        long micros = 0;
        long longest = 0;
        for (var total : levels.values()) {
            most = Math.max(most, total.tests());
            micros += total.micros();
            longest = Math.max(longest, total.micros());
        }
        var layers = new ArrayList<PyramidView.Layer>();
        int above = NARROWEST;
        int y = GAP;
        boolean inverted = false;
        int before = 0;
        for (var level : FROM_TOP) {
            var total = levels.getOrDefault(level.word(), Totals.LevelTotal.NONE);
            int width = width(total.tests(), most);
            int badWidth = total.bad() == 0 ? 0 : Math.max(6, width * total.bad() / total.tests());
            layers.add(
                    new PyramidView.Layer(
                            level.word(),
                            total.tests(),
                            total.bad(),
                            Duration.ofNanos(total.micros() * 1000),
                            trapezoid(above, width, y),
                            y + ROW / 2,
                            MIDDLE - badWidth / 2,
                            badWidth,
                            share(total.micros(), longest, TIME_WIDTH),
                            share(total.micros(), micros, 100)));
            inverted |= total.tests() < before;
            before = total.tests();
            above = width;
            y += ROW + GAP;
        }
        return new PyramidView(layers, inverted, label(layers, sentences));
    }

    private static int width(int tests, int most) {
        double share = most == 0 ? 0 : Math.sqrt((double) tests / most);
        return Math.max(NARROWEST, (int) Math.round(WIDEST * share));
    }

    private static int share(long part, long whole, int of) {
        return whole == 0 ? 0 : (int) Math.round((double) part / whole * of);
    }

    private static String trapezoid(int top, int bottom, int y) {
        return String.format(
                Locale.ROOT,
                "%d,%d %d,%d %d,%d %d,%d",
                MIDDLE - top / 2,
                y,
                MIDDLE + top / 2,
                y,
                MIDDLE + bottom / 2,
                y + ROW,
                MIDDLE - bottom / 2,
                y + ROW);
    }

    private static String label(List<PyramidView.Layer> layers, Sentences sentences) {
        return sentences.say(
                "testing.pyramid.label",
                layers.get(2).tests(),
                layers.get(1).tests(),
                layers.get(0).tests());
    }
}
