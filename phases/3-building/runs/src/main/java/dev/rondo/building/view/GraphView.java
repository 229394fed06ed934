package dev.rondo.building.view;

import java.util.List;

/** The jobs as boxes with lines between them, in the units of its own viewBox. */
public record GraphView(int width, int height, List<Node> nodes, List<Edge> edges) {

    /** {@code tone} is a class for the colour. */
    public record Node(
            int x,
            int y,
            int width,
            int height,
            String name,
            String standing,
            String tone,
            String href) {}

    /** {@code path} in SVG's words. */
    public record Edge(String path) {}
}
