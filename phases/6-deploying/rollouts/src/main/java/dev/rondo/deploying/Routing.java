package dev.rondo.deploying;

import dev.rondo.deploying.InstanceStore.Row;
import dev.rondo.deploying.router.Backend;
import dev.rondo.deploying.router.Route;
import dev.rondo.deploying.router.RouteTable;
import dev.rondo.deploying.router.Share;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says from what is stored which requests go where. Pure. */
final class Routing {

    private Routing() {}

    /**
     * Everything that routes follow from.
     *
     * @param rollouts those under way, and those that brought what lives, by id
     */
    record Picture(
            List<ServiceStore.Living> living, Map<String, Rollout> rollouts, List<Row> alive) {}

    static RouteTable table(Picture picture) {
        var stable = new HashMap<Place, Rollout>();
        for (var living : picture.living()) {
            var rollout = picture.rollouts().get(living.rollout());
            if (rollout != null) {
                stable.put(living.place(), rollout);
            }
        }
        var moving = new HashMap<Place, Rollout>();
        for (var rollout : picture.rollouts().values()) {
            if (rollout.marks().finishedAt() == 0 && !rollout.queued()) {
                moving.put(rollout.place(), rollout);
            }
        }
        var places = new ArrayList<>(stable.keySet());
        moving.keySet().stream().filter(place -> !stable.containsKey(place)).forEach(places::add);
        places.sort(java.util.Comparator.comparing(Place::toString));
        var routes = new ArrayList<Route>();
        for (var place : places) {
            routes.addAll(
                    routes(
                            place,
                            Optional.ofNullable(stable.get(place)),
                            Optional.ofNullable(moving.get(place)),
                            picture.alive()));
        }
        return new RouteTable(routes);
    }

    private static List<Route> routes(
            Place place, Optional<Rollout> stable, Optional<Rollout> moving, List<Row> alive) {
        var shares = new ArrayList<Share>();
        var candidate = moving.filter(m -> stable.map(s -> !s.id().equals(m.id())).orElse(true));
        int weight = candidate.map(c -> c.traffic().weight()).orElse(0);
        stable.ifPresent(s -> shares.add(share(s, 100 - weight, alive)));
        candidate.ifPresent(c -> shares.add(share(c, weight, alive)));
        var reach = stable.or(() -> candidate).orElseThrow().environment().reach();
        var routes = new ArrayList<Route>();
        if (!reach.host().isEmpty()) {
            routes.add(route(place, reach, reach.host(), "/", shares));
        }
        if (!reach.path().isEmpty()) {
            routes.add(route(place, reach, "", reach.path(), shares));
        }
        return routes;
    }

    private static Share share(Rollout rollout, int weight, List<Row> alive) {
        var own =
                alive.stream()
                        .filter(row -> row.rollout().equals(rollout.id()) && row.wanted())
                        .toList();
        var healthy = backends(own.stream().filter(Row::healthy).toList());
        // With none left that is well, one that may answer is better than none.
        var taken =
                healthy.isEmpty()
                        ? backends(
                                own.stream()
                                        .filter(row ->
                                                row.state() == InstanceStore.State.UNHEALTHY
                                                        && row.port() > 0)
                                        .toList())
                        : healthy;
        return new Share(rollout.version(), weight, taken);
    }

    private static List<Backend> backends(List<Row> rows) {
        return rows.stream().map(InstanceWorld::backend).toList();
    }

    private static Route route(
            Place place, Delivery.Reach reach, String host, String path, List<Share> shares) {
        return new Route(
                new Route.Service(place.project(), place.service(), place.environment()),
                host,
                path,
                new Route.Options(
                        reach.h2c() ? Route.Protocol.H2C : Route.Protocol.HTTP1,
                        reach.stripPath(),
                        reach.sticky(),
                        reach.timeout(),
                        reach.maxBodyBytes()),
                shares);
    }
}
