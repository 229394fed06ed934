package dev.rondo.web;

import java.util.List;
import java.util.Locale;

/** A line of values as SVG, scaled to a fixed small box. */
final class Sparkline {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 28;

    private Sparkline() {}

    static Html render(List<Double> values, String label) {
        double top = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double scale = top <= 0 ? 0 : (HEIGHT - 4) / top;
        double step = values.size() < 2 ? 0 : (double) WIDTH / (values.size() - 1);
        var points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            points.append(
                    String.format(
                            Locale.ROOT,
                            "%s%.1f,%.1f",
                            i == 0 ? "" : " ",
                            i * step,
                            HEIGHT - 2 - values.get(i) * scale));
        }
        return Html.of("svg")
                .attr("class", "sparkline")
                .attr("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
                .attr("width", WIDTH)
                .attr("height", HEIGHT)
                .attr("role", "img")
                .attr("aria-label", label)
                .open("polyline")
                .attr("points", points.toString())
                .close()
                .close();
    }
}
