package dev.rondo.loop.view;

import java.time.Instant;
import java.util.List;

/** A drawn thread: sizes are pixels of the drawing. */
public record ThreadView(
        String title, int width, int height, List<Lane> lanes, List<Box> boxes, List<Edge> edges) {

    /** The lane of a phase. */
    public record Lane(int place, String title, int y, int height) {}

    /** From a cause to its effect; {@code title} says in words what caused what. */
    public record Edge(String path, String title) {}

    /**
     * A subject: a box with a line behind it up to {@code end}, where {@code dots} are its later
     * events that caused something or were caused. {@code caption} is the kind and the state.
     */
    public record Box(
            int place,
            int x,
            int y,
            int end,
            List<Integer> dots,
            String label,
            String title,
            String caption,
            String state,
            String tone,
            String link,
            String kind,
            List<Line> events) {}

    /** One event of a subject. */
    public record Line(long seq, String kind, Instant at, String actor) {}
}
