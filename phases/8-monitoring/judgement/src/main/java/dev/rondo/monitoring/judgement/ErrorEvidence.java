package dev.rondo.monitoring.judgement;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence over all requests and over each route. Half of the stake lies on the whole, the other
 * half on the routes in the order in which they appear (1/2, 1/6, 1/12, …, which sums to one): a
 * fault on one route of many is found although it hardly moves the whole, and having many routes
 * does not raise the chance of a false alarm.
 */
final class ErrorEvidence {

    /** More routes than this are watched in the whole only. */
    private static final int ROUTES = 200;

    private final Evidence whole = new Evidence();
    private final Map<String, Evidence> routes = new LinkedHashMap<>();

    void add(Traffic stable, Traffic candidate) {
        whole.add(stable.total(), candidate.total());
        stable.routes().keySet().stream().sorted().forEach(this::watch);
        candidate.routes().keySet().stream().sorted().forEach(this::watch);
        routes.forEach(
                (route, evidence) -> evidence.add(stable.route(route), candidate.route(route)));
    }

    private void watch(String route) {
        if (routes.size() < ROUTES) {
            routes.computeIfAbsent(route, r -> new Evidence());
        }
    }

    /** The logarithm of the combined e-value. */
    double log() {
        var sum = whole.log();
        var place = 0;
        for (var evidence : routes.values()) {
            place++;
            sum = Evidence.logSum(sum, evidence.log() - Math.log(place * (place + 1.0)));
        }
        // Routes that may still come hold the rest of their half, each at 1.
        sum = Evidence.logSum(sum, -Math.log(place + 1.0));
        return sum - Math.log(2);
    }

    double wholeLog() {
        return whole.log();
    }

    /** The route against which most speaks, if anything speaks against one. */
    Optional<Map.Entry<String, Double>> worst() {
        return routes.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().log()))
                .filter(entry -> entry.getValue() > 0)
                .max(Map.Entry.comparingByValue());
    }
}
