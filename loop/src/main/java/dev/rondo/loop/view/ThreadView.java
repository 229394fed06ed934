package dev.rondo.loop.view;

import java.time.Instant;
import java.util.List;

/** A drawn thread: sizes are pixels of the drawing. */
public record ThreadView(
        String title,
        int width,
        int height,
        List<Lane> lanes,
        List<Box> boxes,
        List<String> lines) {

    /** The lane of a phase. */
    public record Lane(int place, String title, int y) {}

    /** A subject; {@code link} may be empty. */
    public record Box(
            int place,
            int x,
            int y,
            String label,
            String title,
            String state,
            String tone,
            String link,
            String kind,
            Instant first,
            Instant last,
            List<Line> events) {}

    /** One event of a subject. */
    public record Line(long seq, String kind, Instant at, String actor) {}
}
