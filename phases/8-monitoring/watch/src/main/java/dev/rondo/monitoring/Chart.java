package dev.rondo.monitoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the browser draws, in the shape that the web module's charts read.
 *
 * @param times seconds since 1970
 * @param unit ratio, seconds, bytes, count or per-second
 */
record Chart(List<Double> times, List<Line> series, String unit, List<Mark> markers) {

    /** One line; {@code null} is a gap. */
    record Line(String title, List<@Nullable Double> values, String tone) {}

    /** Something that happened; {@code at} in seconds since 1970. */
    record Mark(double at, String title) {}
}
