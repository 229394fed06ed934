package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.loop.view.TimelineView;
import dev.rondo.web.Visit;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Draws some events one after the other, each in the lane of its phase, with lines from its causes
 * where those are drawn, too. What belongs to no phase is not drawn.
 */
final class TimelineDrawing {

    private static final int LANE = 30;
    private static final int TOP = 24;
    private static final int LEFT = 112;
    private static final int COLUMN = 20;

    /** Marks need so many pixels to be read. */
    private static final int MARK = 84;

    private final Visit visit;
    private final List<Event> events;
    private final Map<Long, TimelineView.Dot> dots = new HashMap<>();

    private TimelineDrawing(Visit visit, List<Event> events) {
        this.visit = visit;
        this.events = events;
    }

    /**
     * @param newestFirst as a page lists them
     */
    static TimelineView.Drawing draw(Visit visit, List<Event> newestFirst) {
        var drawn =
                newestFirst.reversed().stream()
                        .filter(event -> PhaseOfKind.place(event.kind()) > 0)
                        .toList();
        return new TimelineDrawing(visit, drawn).drawing();
    }

    private TimelineView.Drawing drawing() {
        var placed = new ArrayList<TimelineView.Dot>();
        for (int i = 0; i < events.size(); i++) {
            var dot = dot(events.get(i), LEFT + 14 + i * COLUMN);
            placed.add(dot);
            dots.put(dot.seq(), dot);
        }
        var lanes = new ArrayList<TimelineView.Lane>();
        for (int place = 1; place <= 8; place++) {
            lanes.add(new TimelineView.Lane(place, visit.text("web.phase." + place), top(place)));
        }
        return new TimelineView.Drawing(
                LEFT + Math.max(events.size() * COLUMN, 10 * COLUMN) + 14,
                top(9) + 4,
                lanes,
                marks(),
                edges(),
                placed);
    }

    private static int top(int place) {
        return TOP + (place - 1) * LANE;
    }

    private TimelineView.Dot dot(Event event, int x) {
        int place = PhaseOfKind.place(event.kind());
        var title =
                visit.textOr("loop.kind." + event.kind(), event.kind())
                        + " · "
                        + Abouts.of(visit, event)
                        + " · "
                        + minute(event);
        return new TimelineView.Dot(place, x, top(place) + LANE / 2, event.seq(), title);
    }

    private static String minute(Event event) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME
                        .format(event.at().truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC))
                        .replace('T', ' ')
                + " UTC";
    }

    /** The first event's time, and that of each that follows after another day began. */
    private List<TimelineView.Mark> marks() {
        var marks = new ArrayList<TimelineView.Mark>();
        var day = "";
        int free = 0;
        for (var event : events) {
            var today = minute(event).substring(0, 10);
            int x = Objects.requireNonNull(dots.get(event.seq())).x();
            if (!today.equals(day) && x >= free) {
                marks.add(new TimelineView.Mark(x, today));
                free = x + MARK;
            }
            day = today;
        }
        return marks;
    }

    private List<String> edges() {
        var edges = new ArrayList<String>();
        for (var event : events) {
            var to = Objects.requireNonNull(dots.get(event.seq()));
            for (long cause : event.causes()) {
                var from = dots.get(cause);
                if (from != null) {
                    int middle = (from.x() + to.x()) / 2;
                    edges.add(
                            "M%d %dC%d %d %d %d %d %d"
                                    .formatted(
                                            from.x(), from.y(), middle, from.y(), middle, to.y(),
                                            to.x(), to.y()));
                }
            }
        }
        return edges;
    }
}
