package dev.rondo.loop;

import dev.rondo.loop.ThreadGraph.Node;
import dev.rondo.loop.view.ThreadView;
import dev.rondo.web.Tone;
import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Places the nodes of a thread: time runs to the right, each phase has a lane. */
final class ThreadDrawing {

    private static final int LEFT = 118;
    private static final int STEP = 150;
    private static final int LANE = 64;
    private static final int WIDTH = 136;
    private static final int HEIGHT = 44;

    private ThreadDrawing() {}

    static ThreadView draw(Visit visit, String title, ThreadGraph graph) {
        var boxes = new ArrayList<ThreadView.Box>();
        for (var node : graph.nodes()) {
            boxes.add(box(visit, node));
        }
        var lines = new ArrayList<String>();
        for (var edge : graph.edges()) {
            lines.add(line(graph.nodes().get(edge.from()), graph.nodes().get(edge.to())));
        }
        var lanes = new ArrayList<ThreadView.Lane>();
        for (int place = 1; place <= 8; place++) {
            lanes.add(
                    new ThreadView.Lane(
                            place, visit.text("web.phase." + place), (place - 1) * LANE + 10));
        }
        return new ThreadView(
                title,
                LEFT + Math.max(1, graph.nodes().size()) * STEP + 20,
                8 * LANE + 20,
                lanes,
                boxes,
                lines);
    }

    private static ThreadView.Box box(Visit visit, Node node) {
        return new ThreadView.Box(
                node.place(),
                x(node),
                y(node),
                shorten(node.title(), 19),
                node.title(),
                visit.textOr("loop.state." + node.state(), node.state()),
                Tone.of(node.state()).name().toLowerCase(Locale.ROOT),
                visit.link(node.subject()).orElse(""),
                visit.text("loop.subject." + node.subject().kind()),
                node.first(),
                node.last(),
                events(visit, node));
    }

    private static List<ThreadView.Line> events(Visit visit, Node node) {
        return node.events().stream()
                .map(event ->
                        new ThreadView.Line(
                                event.seq(),
                                visit.textOr("loop.kind." + event.kind(), event.kind()),
                                event.at(),
                                event.actor()))
                .toList();
    }

    private static int x(Node node) {
        return LEFT + node.column() * STEP;
    }

    private static int y(Node node) {
        return (node.place() - 1) * LANE + 20;
    }

    private static String line(Node from, Node to) {
        int x1 = x(from) + WIDTH;
        int y1 = y(from) + HEIGHT / 2;
        int x2 = x(to);
        int y2 = y(to) + HEIGHT / 2;
        if (x2 < x1) {
            // A cause that began later than its effect's first event: drawn from below.
            x1 = x(from) + WIDTH / 2;
            y1 = y(from) + (y2 < y1 ? 0 : HEIGHT);
            x2 = x(to) + WIDTH / 2;
            y2 = y(to) + (y2 < y1 ? HEIGHT : 0);
        }
        int bend = Math.max(20, Math.abs(x2 - x1) / 2);
        return String.format(
                Locale.ROOT,
                "M%d %d C%d %d %d %d %d %d",
                x1,
                y1,
                x1 + bend,
                y1,
                x2 - bend,
                y2,
                x2,
                y2);
    }

    private static String shorten(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
