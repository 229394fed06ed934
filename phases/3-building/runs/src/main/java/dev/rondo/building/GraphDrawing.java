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

    private GraphDrawing() {}

    static GraphView draw(List<RunJob> jobs, String base) {
        Map<String, Integer> column = columns(jobs);
        var rowsUsed = new HashMap<Integer, Integer>();
        var nodes = new ArrayList<GraphView.Node>();
        var places = new LinkedHashMap<String, List<GraphView.Node>>();
        int width = 0;
        int height = 0;
        for (RunJob job : jobs) {
            int across = column.getOrDefault(job.job(), 0);
            int down = rowsUsed.merge(across, 1, Integer::sum) - 1;
            var node =
                    new GraphView.Node(
                            EDGE + across * (WIDTH + ACROSS),
                            EDGE + down * (HEIGHT + DOWN),
                            WIDTH,
                            HEIGHT,
                            shorten(job.name()),
                            job.standing(),
                            tone(job),
                            job.state().equals("waiting") || job.standing().equals("skipped")
                                    ? ""
                                    : base + "/jobs/" + job.id());
            nodes.add(node);
            places.computeIfAbsent(job.job(), id -> new ArrayList<>()).add(node);
            width = Math.max(width, node.x() + WIDTH + EDGE);
            height = Math.max(height, node.y() + HEIGHT + EDGE);
        }
        return new GraphView(width, height, nodes, edges(jobs, places));
    }

    /** The longest way to each job. */
    private static Map<String, Integer> columns(List<RunJob> jobs) {
        var column = new HashMap<String, Integer>();
        for (int round = 0; round < jobs.size(); round++) {
            boolean moved = false;
            for (RunJob job : jobs) {
                int wanted =
                        job.needs().stream()
                                .mapToInt(need -> column.getOrDefault(need, 0) + 1)
                                .max()
                                .orElse(0);
                moved |= !Integer.valueOf(wanted).equals(column.put(job.job(), wanted));
            }
            if (!moved) {
                break;
            }
        }
        return column;
    }

    private static List<GraphView.Edge> edges(
            List<RunJob> jobs, Map<String, List<GraphView.Node>> places) {
        var edges = new ArrayList<GraphView.Edge>();
        var drawn = new java.util.HashSet<String>();
        for (RunJob job : jobs) {
            if (!drawn.add(job.job())) {
                continue;
            }
            for (String need : job.needs()) {
                for (GraphView.Node from : places.getOrDefault(need, List.of())) {
                    for (GraphView.Node to : places.getOrDefault(job.job(), List.of())) {
                        edges.add(edge(from, to));
                    }
                }
            }
        }
        return edges.subList(0, Math.min(edges.size(), 2_000));
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
