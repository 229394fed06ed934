package dev.rondo.monitoring;

import dev.rondo.monitoring.AlertRule.Figure;
import dev.rondo.monitoring.judgement.Traffic;
import dev.rondo.monitoring.metrics.MetricStore;
import dev.rondo.monitoring.metrics.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service does right now: traffic and instances, for pages, alerts and commands. */
final class ServiceReads {

    /** A figure whose last sample is older than this is gone. */
    static final long GONE = 5_000_000;

    private final MetricStore metrics;
    private final TrafficReads traffic;

    ServiceReads(MetricStore metrics) {
        this.metrics = metrics;
        this.traffic = new TrafficReads(metrics);
    }

    TrafficReads traffic() {
        return traffic;
    }

    /** An instance as it stands; cpu in seconds per second, memory in bytes. */
    record Instance(String version, String instance, boolean up, double cpu, double memory) {}

    /** Instances that still report, by version and name. */
    List<Instance> instances(ServiceKey key, long now) {
        var cpu = perInstance(Figures.CPU, key, now, now - 15_000_000);
        var memory = perInstance(Figures.MEMORY, key, now, now - GONE);
        var found = new ArrayList<Instance>();
        perInstance(Figures.UP, key, now, now - GONE)
                .forEach((who, up) -> {
                    var used = cpu.get(who);
                    var held = memory.get(who);
                    found.add(
                            new Instance(
                                    who.version(),
                                    who.instance(),
                                    last(up) > 0,
                                    used == null ? 0 : perSecond(used),
                                    held == null ? 0 : last(held)));
                });
        found.sort(Comparator.comparing(Instance::version).thenComparing(Instance::instance));
        return found;
    }

    private record Who(String version, String instance) {}

    private Map<Who, Series> perInstance(String figure, ServiceKey key, long now, long from) {
        var found = new HashMap<Who, Series>();
        for (var series : metrics.fetch(Figures.of(figure, key), from, now)) {
            if (series.times()[series.size() - 1] > now - GONE) {
                found.put(
                        new Who(series.labels().get("version"), series.labels().get("instance")),
                        series);
            }
        }
        return found;
    }

    private static double last(Series series) {
        return series.values()[series.size() - 1];
    }

    private static double perSecond(Series series) {
        var span = series.times()[series.size() - 1] - series.times()[0];
        return span <= 0
                ? 0
                : Counters.increase(series, series.times()[0], Long.MAX_VALUE) * 1e6 / span;
    }

    /** What alert rules look at, read once however many rules look. */
    final class Moment {

        private final ServiceKey key;
        private final long now;
        private final Map<Duration, TrafficReads.Watched> traffics = new HashMap<>();
        private Optional<List<Instance>> instances = Optional.empty();

        Moment(ServiceKey key, long now) {
            this.key = key;
            this.now = now;
        }

        Alert.Seen see(AlertRule rule) {
            return switch (rule.figure()) {
                case INSTANCES_DOWN -> {
                    var down = instances().stream().filter(i -> !i.up()).toList();
                    yield new Alert.Seen(
                            true, down.size(), down.isEmpty() ? "" : down.getFirst().version());
                }
                case CPU_SECONDS_PER_SECOND, MEMORY_BYTES ->
                        instances().stream()
                                .map(i ->
                                        new Alert.Seen(
                                                true, resource(rule.figure(), i), i.version()))
                                .max(Comparator.comparingDouble(Alert.Seen::value))
                                .orElse(Alert.Seen.NOTHING);
                default -> seeTraffic(rule);
            };
        }

        private List<Instance> instances() {
            if (instances.isEmpty()) {
                instances = Optional.of(ServiceReads.this.instances(key, now));
            }
            return instances.get();
        }

        private Alert.Seen seeTraffic(AlertRule rule) {
            var watched =
                    traffics.computeIfAbsent(
                            rule.over(),
                            over -> traffic.watched(key, now - over.toNanos() / 1000, now));
            var all = watched.all();
            if (rule.figure().needsRequests() && all.total().requests() < rule.minRequests()) {
                return Alert.Seen.NOTHING;
            }
            var worst =
                    watched.byVersion().entrySet().stream()
                            .max(
                                    Comparator.comparingDouble(entry ->
                                            figure(
                                                    rule,
                                                    entry.getValue(),
                                                    watched.rate(entry.getKey()))))
                            .map(Map.Entry::getKey)
                            .orElse("");
            return new Alert.Seen(true, figure(rule, all, watched.rate()), worst);
        }
    }

    private static double resource(Figure figure, Instance instance) {
        return figure == Figure.MEMORY_BYTES ? instance.memory() : instance.cpu();
    }

    private static double figure(AlertRule rule, Traffic traffic, double rate) {
        return switch (rule.figure()) {
            case ERROR_RATIO -> traffic.total().ratio();
            case LATENCY_P50 -> traffic.latencies().quantile(0.5);
            case LATENCY_P95 -> traffic.latencies().quantile(0.95);
            case LATENCY_P99 -> traffic.latencies().quantile(0.99);
            default -> rate;
        };
    }
}
