package dev.rondo.building;

import dev.rondo.building.view.GraphView;
import dev.rondo.records.RunJob;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Lays the jobs of a run out from left to right: each stands right of all that it needs. */
final class GraphDrawing {
    private static final int WIDTH = 200;
    private static final int HEIGHT = 46;
    private static final int ACROSS = 64;
    private static final int DOWN = 14;
    private static final int EDGE = 8;
    private static final int EDGES = 2_000;

    private GraphDrawing() {}

    /** Where a job's page is. */
    interface Pages {
        String of(RunJob job);
    }

    static GraphView draw(List<RunJob> all, Pages pages) {
        var plan = new GraphPlan(all);
        var fold = MatrixFold.of(plan.shown());
        var rowsUsed = new HashMap<Integer, Integer>();
        var nodes = new LinkedHashMap<String, GraphView.Node>();
        int width = 0;
        int height = 0;
        for (MatrixFold.Group group : fold.groups()) {
            int across = plan.column(group.jobs().getFirst());
            int down = rowsUsed.merge(across, 1, Integer::sum) - 1;
            int x = EDGE + across * (WIDTH + ACROSS);
            int y = EDGE + down * (HEIGHT + DOWN);
            GraphView.Node node = node(group, x, y, pages);
            nodes.put(group.id(), node);
            width = Math.max(width, node.x() + WIDTH + EDGE);
            height = Math.max(height, node.y() + HEIGHT + EDGE);
        }
        return new GraphView(width, height, List.copyOf(nodes.values()), edges(plan, fold, nodes));
    }

    private static GraphView.Node node(MatrixFold.Group group, int x, int y, Pages pages) {
        RunJob first = group.jobs().getFirst();
        boolean unseen = first.state().equals("waiting") || first.standing().equals("skipped");
        String page = group.matrix() ? "#" + group.id() : unseen ? "" : pages.of(first);
        String name = group.matrix() ? group.title() + " × " + group.jobs().size() : first.name();
        String standing = group.standing();
        return new GraphView.Node(
                x, y, WIDTH, HEIGHT, shorten(name), standing, tone(standing), page);
    }

    private static List<GraphView.Edge> edges(
            GraphPlan plan, MatrixFold fold, Map<String, GraphView.Node> nodes) {
        var edges = new LinkedHashSet<GraphView.Edge>();
        for (RunJob job : plan.shown()) {
            for (RunJob before : plan.before(job)) {
                GraphView.Node from = nodes.get(fold.group(before).id());
                GraphView.Node to = nodes.get(fold.group(job).id());
                if (from != null && to != null && edges.size() < EDGES) {
                    edges.add(edge(from, to));
                }
            }
        }
        return List.copyOf(edges);
    }

    private static GraphView.Edge edge(GraphView.Node from, GraphView.Node to) {
        int x = from.x() + WIDTH;
        int y = from.y() + HEIGHT / 2;
        int middle = (x + to.x()) / 2;
        int end = to.y() + HEIGHT / 2;
        return new GraphView.Edge(
                "M%d %d C%d %d %d %d %d %d".formatted(x, y, middle, y, middle, end, to.x(), end));
    }

    private static String tone(String standing) {
        return switch (standing) {
            case "success" -> "good";
            case "failure" -> "bad";
            case "allowed", "cancelled", "interrupted" -> "warn";
            case "running" -> "active";
            default -> "neutral";
        };
    }

    private static String shorten(String name) {
        return name.length() > 24 ? name.substring(0, 23) + "…" : name;
    }
}
