package dev.rondo.deploying.router;

import java.util.List;

/** All routes at one moment; swapped as a whole. */
public record RouteTable(List<Route> routes) {

    public static final RouteTable EMPTY = new RouteTable(List.of());

    public RouteTable {
        routes = List.copyOf(routes);
    }
}
