package dev.rondo.monitoring;

import dev.rondo.monitoring.judgement.Counts;
import dev.rondo.monitoring.judgement.Latencies;
import dev.rondo.monitoring.judgement.Traffic;
import dev.rondo.monitoring.metrics.MetricStore;
import dev.rondo.monitoring.metrics.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Traffic of versions over a time, from the stored counters. */
final class TrafficReads {

    /**
     * So far back a series' last sample still says where it stood; one that was away is no help.
     */
    static final long LOOK_BACK = 60_000_000;

    /** How long a sample usually stands for. */
    static final long PERIOD = 1_000_000;

    private final MetricStore metrics;

    TrafficReads(MetricStore metrics) {
        this.metrics = metrics;
    }

    /**
     * Traffic and how long it was watched: a version that came up in the midst of the window was
     * not silent before, it was not there.
     *
     * @param since when the first sample of a version covers from, not before the window, in
     *     microseconds
     */
    record Watched(Map<String, Traffic> byVersion, Map<String, Long> since, long from, long to) {

        /** Requests per second of one version. */
        double rate(String version) {
            return perSecond(
                    byVersion.getOrDefault(version, Traffic.NONE),
                    since.getOrDefault(version, from));
        }

        /** Requests per second of all versions together. */
        double rate() {
            return perSecond(
                    all(), since.values().stream().mapToLong(Long::longValue).min().orElse(from));
        }

        Traffic all() {
            return byVersion.values().stream().reduce(Traffic.NONE, Traffic::plus);
        }

        private double perSecond(Traffic traffic, long begin) {
            return traffic.total().requests() * 1e6 / Math.max(PERIOD, to - begin);
        }
    }

    Map<String, Traffic> byVersion(ServiceKey key, long from, long to) {
        return watched(key, from, to).byVersion();
    }

    /** What each version answered after {@code from} until {@code to}, with at least a request. */
    Watched watched(ServiceKey key, long from, long to) {
        var requests = metrics.fetch(Figures.of(Figures.REQUESTS, key), from - LOOK_BACK, to);
        var buckets = metrics.fetch(Figures.of(Figures.SECONDS_BUCKET, key), from - LOOK_BACK, to);
        var routes = new HashMap<String, Map<String, Counts>>();
        for (var series : requests) {
            var count = Math.round(Counters.increase(series, from, to));
            if (count > 0) {
                var bad = Figures.isError(series.labels().get("code"));
                routes.computeIfAbsent(series.labels().get("version"), v -> new HashMap<>())
                        .merge(
                                series.labels().get("route"),
                                new Counts(count, bad ? count : 0),
                                Counts::plus);
            }
        }
        var traffic = new HashMap<String, Traffic>();
        routes.forEach((version, counts) ->
                traffic.put(version, new Traffic(counts, latencies(buckets, version, from, to))));
        return new Watched(traffic, since(requests, from), from, to);
    }

    /** A sample covers the second before it: that is when its requests were made. */
    private static Map<String, Long> since(List<Series> requests, long from) {
        var since = new HashMap<String, Long>();
        for (var series : requests) {
            since.merge(
                    series.labels().get("version"),
                    Math.max(from, series.times()[0] - PERIOD),
                    Math::min);
        }
        return since;
    }

    Traffic ofVersion(ServiceKey key, String version, long from, long to) {
        return byVersion(key, from, to).getOrDefault(version, Traffic.NONE);
    }

    private static Latencies latencies(
            Collection<Series> buckets, String version, long from, long to) {
        var increases = new HashMap<Double, Double>();
        for (var series : buckets) {
            if (series.labels().get("version").equals(version)) {
                increases.merge(
                        bound(series.labels().get("le")),
                        Counters.increase(series, from, to),
                        Double::sum);
            }
        }
        return latencies(increases);
    }

    static double bound(String le) {
        return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
    }

    /** From counts up to each bound, as Prometheus has them, to counts within each. */
    static Latencies latencies(Map<Double, Double> upTo) {
        var finite =
                upTo.keySet().stream()
                        .filter(Double::isFinite)
                        .sorted(Comparator.naturalOrder())
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        var counts = new double[finite.length + 1];
        double below = 0;
        for (int i = 0; i < counts.length; i++) {
            var bound = i < finite.length ? finite[i] : Double.POSITIVE_INFINITY;
            double all = upTo.getOrDefault(bound, below);
            // The buckets are not read at one instant: none may come out negative.
            counts[i] = Math.max(0, all - below);
            below = Math.max(below, all);
        }
        return new Latencies(finite, counts);
    }

    /**
     * What two versions did between each two samples, in order, for a judgement that is told step
     * by step. Remembers where each counter stood, so that it reads no sample twice.
     */
    final class Steps {

        private final ServiceKey key;
        private final String stable;
        private final String candidate;
        private final Map<Series.Id, Double> stood = new HashMap<>();
        private long read;

        Steps(ServiceKey key, String stable, String candidate, long since) {
            this.key = key;
            this.stable = stable;
            this.candidate = candidate;
            this.read = since;
            fetch(since - LOOK_BACK, since, new HashMap<>());
        }

        /** The time until which samples were read. */
        long read() {
            return read;
        }

        List<Step> until(long to) {
            if (to <= read) {
                return List.of();
            }
            var ticks = new HashMap<Long, Tick>();
            fetch(read + 1, to, ticks);
            read = to;
            var steps = new ArrayList<Step>();
            ticks.entrySet().stream()
                    .filter(entry -> entry.getValue().any)
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> steps.add(entry.getValue().toStep(entry.getKey())));
            return steps;
        }

        private void fetch(long from, long to, Map<Long, Tick> ticks) {
            for (var figure : List.of(Figures.REQUESTS, Figures.SECONDS_BUCKET)) {
                for (var series :
                        metrics.fetch(Figures.of(figure, key, stable, candidate), from, to)) {
                    take(series, ticks);
                }
            }
        }

        private void take(Series series, Map<Long, Tick> ticks) {
            var before = stood.getOrDefault(series.id(), Double.NaN);
            for (int i = 0; i < series.size(); i++) {
                var step = Counters.step(before, series.values()[i]);
                before = series.values()[i];
                if (step > 0) {
                    var version = series.labels().get("version");
                    var tick = ticks.computeIfAbsent(series.times()[i], at -> new Tick());
                    tick.of(version.equals(candidate)).add(series, step);
                    tick.any |= series.name().equals(Figures.REQUESTS);
                }
            }
            stood.put(series.id(), before);
        }
    }

    /** What both versions did in the time before one sample. */
    record Step(long at, Traffic stable, Traffic candidate) {}

    private static final class Tick {

        private final Side stable = new Side();
        private final Side candidate = new Side();
        private boolean any;

        Side of(boolean isCandidate) {
            return isCandidate ? candidate : stable;
        }

        Step toStep(long at) {
            return new Step(at, stable.toTraffic(), candidate.toTraffic());
        }
    }

    private static final class Side {

        private final Map<String, Counts> routes = new HashMap<>();
        private final Map<Double, Double> upTo = new HashMap<>();

        void add(Series series, double step) {
            if (series.name().equals(Figures.REQUESTS)) {
                var count = Math.round(step);
                var bad = Figures.isError(series.labels().get("code"));
                routes.merge(
                        series.labels().get("route"),
                        new Counts(count, bad ? count : 0),
                        Counts::plus);
            } else {
                upTo.merge(bound(series.labels().get("le")), step, Double::sum);
            }
        }

        Traffic toTraffic() {
            return new Traffic(routes, latencies(withAllBounds()));
        }

        /** A bucket that did not grow is missing here, but its bound belongs to the histogram. */
        private Map<Double, Double> withAllBounds() {
            if (upTo.isEmpty()) {
                return upTo;
            }
            var all = new HashMap<>(upTo);
            double below = 0;
            var bounds = dev.rondo.telemetry.Telemetry.SECONDS_BUCKETS;
            for (int i = 0; i <= bounds.length; i++) {
                var bound = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
                below = Math.max(below, all.getOrDefault(bound, 0.0));
                all.put(bound, below);
            }
            return all;
        }
    }
}
