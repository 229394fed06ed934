package dev.rondo.testing.view;

import java.time.Duration;
import java.util.List;

/**
 * The test pyramid, ready to be drawn: layers from the top, each a trapezoid.
 *
 * @param inverted there are more tests above than below
 * @param label for those who cannot see it
 */
public record PyramidView(List<Layer> layers, boolean inverted, String label) {

    /**
     * @param level unit, integration or ui
     * @param points of the trapezoid
     * @param y of the middle of its row
     * @param badX left edge of the mark for failed tests, whose width is their share
     * @param timeWidth of the bar for its time
     * @param share of all time, in percent
     */
    public record Layer(
            String level,
            int tests,
            int bad,
            Duration time,
            String points,
            int y,
            int badX,
            int badWidth,
            int timeWidth,
            int share) {}
}
