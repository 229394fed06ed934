package dev.rondo.building;

import dev.rondo.building.view.GraphView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
        var rowsUsed = new HashMap<Integer, Integer>();
        var nodes = new LinkedHashMap<String, GraphView.Node>();
        int width = 0;
        int height = 0;
        for (RunJob job : plan.shown()) {
            int across = plan.column(job);
            int down = rowsUsed.merge(across, 1, Integer::sum) - 1;
            boolean unseen = job.state().equals("waiting") || job.standing().equals("skipped");
            var node =
                    new GraphView.Node(
                            EDGE + across * (WIDTH + ACROSS),
                            EDGE + down * (HEIGHT + DOWN),
                            WIDTH,
                            HEIGHT,
                            shorten(job.name()),
                            job.allowed() ? "allowed" : job.standing(),
                            tone(job),
                            unseen ? "" : pages.of(job));
            nodes.put(job.id(), node);
            width = Math.max(width, node.x() + WIDTH + EDGE);
            height = Math.max(height, node.y() + HEIGHT + EDGE);
        }
        return new GraphView(width, height, List.copyOf(nodes.values()), edges(plan, nodes));
    }

    private static List<GraphView.Edge> edges(GraphPlan plan, Map<String, GraphView.Node> nodes) {
        var edges = new ArrayList<GraphView.Edge>();
        for (RunJob job : plan.shown()) {
            for (RunJob before : plan.before(job)) {
                GraphView.Node from = nodes.get(before.id());
                GraphView.Node to = nodes.get(job.id());
                if (from != null && to != null && edges.size() < EDGES) {
                    edges.add(edge(from, to));
                }
            }
        }
        return edges;
    }

    private static GraphView.Edge edge(GraphView.Node from, GraphView.Node to) {
        int x = from.x() + WIDTH;
        int y = from.y() + HEIGHT / 2;
        int middle = (x + to.x()) / 2;
        int end = to.y() + HEIGHT / 2;
        return new GraphView.Edge(
                "M%d %d C%d %d %d %d %d %d".formatted(x, y, middle, y, middle, end, to.x(), end));
    }

    private static String tone(RunJob job) {
        return switch (job.standing()) {
            case "success" -> "good";
            case "failure" -> job.allowed() ? "warn" : "bad";
            case "cancelled", "interrupted" -> "warn";
            case "running" -> "active";
            default -> "neutral";
        };
    }

    private static String shorten(String name) {
        return name.length() > 24 ? name.substring(0, 23) + "…" : name;
    }
}
