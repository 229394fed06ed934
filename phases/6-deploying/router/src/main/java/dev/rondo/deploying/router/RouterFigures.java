package dev.rondo.deploying.router;

import dev.rondo.telemetry.Labels;
import dev.rondo.telemetry.Telemetry;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the router measures: {@code
 * rondo_router_requests_total{project,service,environment,version,route,code}} with {@code code} as
 * class ({@code 2xx}), and {@code
 * rondo_router_request_seconds{project,service,environment,version}}. Instruments are looked up
 * once and kept.
 */
final class RouterFigures {

    static final String REQUESTS = "rondo_router_requests_total";
    static final String SECONDS = "rondo_router_request_seconds";
    private static final String[] CLASSES = {"0xx", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final Telemetry telemetry;
    private final ConcurrentHashMap<Name, PathLabels> labels = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Key, OfVersion> versions = new ConcurrentHashMap<>();

    /** A service in all its environments, which share the names of its routes. */
    private record Name(String project, String service) {}

    private record Key(Route.Service service, String version) {}

    RouterFigures(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    OfVersion of(Route.Service service, String version) {
        return versions.computeIfAbsent(
                new Key(service, version),
                key ->
                        new OfVersion(
                                telemetry,
                                key,
                                labels.computeIfAbsent(
                                        new Name(service.project(), service.name()),
                                        name -> new PathLabels())));
    }

    /** The instruments of one version. */
    static final class OfVersion {

        private final Telemetry telemetry;
        private final Key key;
        private final PathLabels labels;
        private final Telemetry.Histogram seconds;
        private final ConcurrentHashMap<String, Telemetry.Counter[]> counters =
                new ConcurrentHashMap<>();

        private OfVersion(Telemetry telemetry, Key key, PathLabels labels) {
            this.telemetry = telemetry;
            this.key = key;
            this.labels = labels;
            this.seconds =
                    telemetry.histogram(
                            SECONDS,
                            Labels.of(
                                    "project", key.service().project(),
                                    "service", key.service().name(),
                                    "environment", key.service().environment(),
                                    "version", key.version()));
        }

        void answered(String path, int status, long nanos) {
            int hundred = status / 100;
            int code = hundred >= 1 && hundred <= 5 ? hundred : 0;
            counters.computeIfAbsent(labels.of(path), this::counters)[code].increment();
            seconds.observe(nanos / 1e9);
        }

        private Telemetry.Counter[] counters(String route) {
            var counters = new Telemetry.Counter[CLASSES.length];
            for (int i = 0; i < CLASSES.length; i++) {
                int code = i;
                counters[i] = new Lazy(() -> counter(route, CLASSES[code]));
            }
            return counters;
        }

        private Telemetry.Counter counter(String route, String code) {
            return telemetry.counter(
                    REQUESTS,
                    Labels.of(
                            "project", key.service().project(),
                            "service", key.service().name(),
                            "environment", key.service().environment(),
                            "version", key.version(),
                            "route", route,
                            "code", code));
        }
    }

    /** Makes the counter when it first counts, so that there is no figure for what never was. */
    private static final class Lazy implements Telemetry.Counter {

        private final java.util.function.Supplier<Telemetry.Counter> make;
        private volatile Telemetry.@org.jspecify.annotations.Nullable Counter made;

        Lazy(java.util.function.Supplier<Telemetry.Counter> make) {
            this.make = make;
        }

        @Override
        public void add(double amount) {
            var counter = made;
            if (counter == null) {
                counter = make.get();
                made = counter;
            }
            counter.add(amount);
        }
    }
}
