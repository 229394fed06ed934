package dev.rondo.loop.view;

import java.util.List;

/**
 * A page of a project's history.
 *
 * @param next behind which event the next page begins, or 0
 */
public record TimelineView(
        Drawing drawing, List<HomeView.Entry> entries, long next, List<Milestone> milestones) {

    /** Time runs to the right, each phase has a lane; numbers are pixels. */
    public record Drawing(
            int width,
            int height,
            List<Lane> lanes,
            List<Mark> marks,
            List<String> edges,
            List<Dot> dots) {}

    public record Lane(int place, String title, int y) {}

    /** Where another day or hour begins. */
    public record Mark(int x, String text) {}

    /** An event; {@code title} says what and when. */
    public record Dot(int place, int x, int y, long seq, String title) {}
}
