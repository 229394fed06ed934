package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.Subject;
import dev.rondo.loop.ThreadGraph.Edge;
import dev.rondo.loop.ThreadGraph.Node;
import dev.rondo.loop.ThreadRoutes.Box;
import dev.rondo.loop.view.ThreadView;
import dev.rondo.web.Tone;
import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Places the nodes of a thread: time runs to the right, each phase has a lane. A node is a box
 * where it began, with a line behind it for as long as something came to it or went from it; so
 * every edge runs forward in time.
 */
final class ThreadDrawing {

    private static final int LEFT = 112;
    private static final int COLUMN = 40;
    private static final int WIDTH = 134;
    private static final int HEIGHT = 44;
    private static final int ROW = 56;
    private static final int IDLE_LANE = 34;

    /** How far into its column an event's point stands. */
    private static final int POINT = 15;

    private final Visit visit;
    private final ThreadGraph graph;
    private final List<Box> boxes = new ArrayList<>();
    private final List<ThreadView.Lane> lanes = new ArrayList<>();
    private int height = 8;

    private ThreadDrawing(Visit visit, ThreadGraph graph) {
        this.visit = visit;
        this.graph = graph;
        place();
    }

    static ThreadView draw(Visit visit, String title, Subject about, ThreadGraph graph) {
        return new ThreadDrawing(visit, graph).view(title, about);
    }

    /** Each node gets the first row of its lane where nothing is in its way. */
    private void place() {
        var last = lastPoints();
        Map<Integer, List<Integer>> rows = new HashMap<>();
        int[] row = new int[graph.nodes().size()];
        for (int i = 0; i < row.length; i++) {
            var node = graph.nodes().get(i);
            var ends = rows.computeIfAbsent(node.place(), place -> new ArrayList<>());
            int left = x(node.first().seq());
            while (row[i] < ends.size() && ends.get(row[i]) > left) {
                row[i]++;
            }
            int end = Math.max(left + WIDTH, last[i]) + 14;
            if (row[i] < ends.size()) {
                ends.set(row[i], end);
            } else {
                ends.add(end);
            }
        }
        var top = new HashMap<Integer, Integer>();
        for (int place = 1; place <= 8; place++) {
            int count = rows.getOrDefault(place, List.of()).size();
            int tall = count == 0 ? IDLE_LANE : count * ROW + 8;
            lanes.add(new ThreadView.Lane(place, visit.text("web.phase." + place), height, tall));
            top.put(place, height);
            height += tall;
        }
        for (int i = 0; i < row.length; i++) {
            var node = graph.nodes().get(i);
            int y = Objects.requireNonNull(top.get(node.place())) + 10 + row[i] * ROW;
            int left = x(node.first().seq());
            boxes.add(new Box(left, y, WIDTH, HEIGHT, Math.max(left + WIDTH, last[i])));
        }
    }

    /** Where the last edge comes to a node or goes from it. */
    private int[] lastPoints() {
        var last = new int[graph.nodes().size()];
        for (var edge : graph.edges()) {
            last[edge.from()] = Math.max(last[edge.from()], x(edge.cause()) + POINT);
            last[edge.to()] = Math.max(last[edge.to()], x(edge.effect()) + POINT);
        }
        return last;
    }

    private int x(long seq) {
        return LEFT + Objects.requireNonNull(graph.columns().get(seq)) * COLUMN;
    }

    private ThreadView view(String title, Subject about) {
        var shown = new ArrayList<ThreadView.Box>();
        for (int i = 0; i < boxes.size(); i++) {
            shown.add(box(i, graph.nodes().get(i).subject().equals(about)));
        }
        int right = boxes.stream().mapToInt(Box::end).max().orElse(LEFT);
        return new ThreadView(
                title,
                right + 20,
                height + 8,
                lanes,
                shown,
                graph.edges().stream().map(this::line).toList());
    }

    private ThreadView.Box box(int index, boolean about) {
        var node = graph.nodes().get(index);
        var box = boxes.get(index);
        var kind = visit.text("loop.subject." + node.subject().kind());
        var state = visit.textOr("loop.state." + node.state(), node.state());
        return new ThreadView.Box(
                node.place(),
                box.x(),
                box.y(),
                box.end(),
                dots(index),
                shorten(node.title(), 17),
                node.title(),
                shorten(kind + " · " + state, 24),
                state,
                Tone.of(node.state()).name().toLowerCase(Locale.ROOT) + (about ? " about" : ""),
                link(node),
                kind,
                events(node));
    }

    /** A thing's own page; of what has none, the last event that it told. */
    private String link(Node node) {
        return visit.link(node.subject())
                .orElseGet(() ->
                        "/projects/"
                                + visit.project().name()
                                + "/events/"
                                + node.events().getLast().seq());
    }

    private List<Integer> dots(int index) {
        var dots = new ArrayList<Integer>();
        for (var edge : graph.edges()) {
            if (edge.from() == index) {
                dots.add(x(edge.cause()) + POINT);
            }
            if (edge.to() == index) {
                dots.add(x(edge.effect()) + POINT);
            }
        }
        return dots.stream()
                .filter(x -> x > boxes.get(index).x() + WIDTH)
                .distinct()
                .sorted()
                .toList();
    }

    private List<ThreadView.Line> events(Node node) {
        return node.events().stream()
                .map(event ->
                        new ThreadView.Line(event.seq(), kind(event), event.at(), event.actor()))
                .toList();
    }

    private ThreadView.Edge line(Edge edge) {
        var to = graph.nodes().get(edge.to());
        boolean begins = to.first().seq() == edge.effect();
        var path =
                ThreadRoutes.path(
                        boxes,
                        new ThreadRoutes.End(edge.from(), x(edge.cause()) + POINT, false),
                        new ThreadRoutes.End(
                                edge.to(), x(edge.effect()) + (begins ? 0 : POINT), begins));
        return new ThreadView.Edge(
                path,
                kind(graph.nodes().get(edge.from()), edge.cause())
                        + " → "
                        + kind(to, edge.effect()));
    }

    private String kind(Node node, long seq) {
        return node.events().stream()
                .filter(event -> event.seq() == seq)
                .findFirst()
                .map(this::kind)
                .orElse("");
    }

    private String kind(Event event) {
        return visit.textOr("loop.kind." + event.kind(), event.kind());
    }

    private static String shorten(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
