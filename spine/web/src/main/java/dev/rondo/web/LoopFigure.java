package dev.rondo.web;

import gg.jte.Content;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The lying eight: a lemniscate of Bernoulli, cut into eight segments of equal length. The left
 * loop is plan, code, build, test; the right one release, deploy, operate, monitor; all in the
 * direction in which work flows.
 */
public final class LoopFigure {

    /** Half of the width; the figure spans from -100 to 100, and about -35 to 35 in height. */
    public static final double HALF_WIDTH = 100;

    private static final int FINE = 4000;
    private static final int POINTS = 24;
    private static final double GAP = 6.2;
    private static final List<String> SEGMENTS = segments();
    private static final String WHOLE = wholePath();

    private LoopFigure() {}

    /** The path of a segment's line, for place 1 to 8, in the figure's own units. */
    public static String segment(int place) {
        return SEGMENTS.get(place - 1);
    }

    /** The path of the whole figure without gaps. */
    public static String whole() {
        return WHOLE;
    }

    /** A point on the figure: place 1.0 to 9.0, such as 1.5 for the middle of the first segment. */
    public static double[] point(double place) {
        var points = curve();
        var lengths = lengths(points);
        double at = (place - 1) / 8 * lengths[FINE];
        return at(points, lengths, at);
    }

    /** The navigation's ring: segments are links within a project. */
    static Content ring(Visit visit, int lit) {
        var html = svg("ring", visit.text("web.ring.label"));
        for (int place = 1; place <= 8; place++) {
            var entry = first(visit, place);
            var title = visit.text("web.phase." + place);
            html.open("a")
                    .attrIf(!entry.isEmpty(), "href", entry)
                    .attr("class", place == lit ? "segment lit" : "segment")
                    .attr("data-phase", place)
                    .attrIf(place == lit, "aria-current", "true")
                    .open("title")
                    .text(title)
                    .close()
                    .open("path")
                    .attr("class", "track")
                    .attr("d", segment(place))
                    .close()
                    .open("path")
                    .attr("class", "line")
                    .attr("d", segment(place))
                    .close()
                    .close();
        }
        return html.close();
    }

    /** The figure as an ornament without links. */
    static Content mark(String css) {
        var html = svg(css, "");
        for (int place = 1; place <= 8; place++) {
            html.open("path")
                    .attr("class", "line")
                    .attr("data-phase", place)
                    .attr("d", segment(place))
                    .close();
        }
        return html.close();
    }

    private static Html svg(String css, String label) {
        return Html.of("svg")
                .attr("class", css)
                .attr("viewBox", "-112 -48 224 96")
                .attrIf(!label.isEmpty(), "role", "navigation")
                .attrIf(!label.isEmpty(), "aria-label", label)
                .attrIf(label.isEmpty(), "aria-hidden", "true");
    }

    private static String first(Visit visit, int place) {
        return visit.maybeProject()
                .flatMap(project ->
                        visit.site().menu().stream()
                                .filter(entry -> entry.place() == place)
                                .findFirst()
                                .map(entry -> Shells.path(entry, visit)))
                .orElse("");
    }

    private static String wholePath() {
        var points = curve();
        var path = new StringBuilder();
        for (int i = 0; i < FINE; i += FINE / 80) {
            path.append(
                    String.format(
                            Locale.ROOT,
                            "%s%.1f %.1f",
                            i == 0 ? "M" : "L",
                            points[i][0],
                            points[i][1]));
        }
        return path.append('Z').toString();
    }

    private static List<String> segments() {
        var points = curve();
        var lengths = lengths(points);
        double length = lengths[FINE] / 8;
        return IntStream.range(0, 8)
                .mapToObj(i -> path(points, lengths, i * length + GAP, (i + 1) * length - GAP))
                .toList();
    }

    /** From the crossing over the top of the left loop, back through it, around the right loop. */
    private static double[][] curve() {
        var points = new double[FINE + 1][];
        for (int i = 0; i <= FINE; i++) {
            double t = Math.PI / 2 + 2 * Math.PI * i / FINE;
            double shrink = 1 + Math.sin(t) * Math.sin(t);
            points[i] =
                    new double[] {
                        HALF_WIDTH * Math.cos(t) / shrink,
                        // Flattened lines look nervous: a little taller than Bernoulli's.
                        1.12 * HALF_WIDTH * Math.sin(t) * Math.cos(t) / shrink
                    };
        }
        return points;
    }

    private static double[] lengths(double[][] points) {
        var lengths = new double[points.length];
        for (int i = 1; i < points.length; i++) {
            lengths[i] =
                    lengths[i - 1]
                            + Math.hypot(
                                    points[i][0] - points[i - 1][0],
                                    points[i][1] - points[i - 1][1]);
        }
        return lengths;
    }

    private static String path(double[][] points, double[] lengths, double from, double to) {
        var path = new StringBuilder();
        for (int i = 0; i <= POINTS; i++) {
            var point = at(points, lengths, from + (to - from) * i / POINTS);
            path.append(
                    String.format(
                            Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", point[0], point[1]));
        }
        return path.toString();
    }

    private static double[] at(double[][] points, double[] lengths, double length) {
        int found = java.util.Arrays.binarySearch(lengths, length);
        int i = Math.clamp(found < 0 ? -found - 1 : found, 0, points.length - 1);
        return points[i];
    }
}
