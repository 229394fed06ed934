package dev.rondo.monitoring.judgement;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one version answered in some stretch of time: counts by route, and how long it took. */
public record Traffic(Map<String, Counts> routes, Latencies latencies) {

    public static final Traffic NONE = new Traffic(Map.of(), Latencies.NONE);

    public Traffic {
        routes = Map.copyOf(routes);
    }

    public Traffic plus(Traffic more) {
        var sum = new LinkedHashMap<>(routes);
        more.routes.forEach((route, counts) -> sum.merge(route, counts, Counts::plus));
        return new Traffic(sum, latencies.plus(more.latencies));
    }

    public Counts total() {
        return routes.values().stream().reduce(Counts.NONE, Counts::plus);
    }

    public Counts route(String route) {
        return routes.getOrDefault(route, Counts.NONE);
    }
}
