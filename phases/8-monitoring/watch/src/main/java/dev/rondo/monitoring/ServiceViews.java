package dev.rondo.monitoring;

import dev.rondo.monitoring.ServiceStore.Watched;
import dev.rondo.monitoring.judgement.Traffic;
import dev.rondo.monitoring.metrics.MetricStore;
import dev.rondo.monitoring.view.InstanceLine;
import dev.rondo.monitoring.view.ServiceLine;
import dev.rondo.monitoring.view.VersionLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes of samples what the pages about services show. */
final class ServiceViews {

    /** The figures in words are those of the last minute. */
    static final long LATELY = 60_000_000;

    /** The small lines show the last quarter of an hour. */
    private static final long SMALL = 900_000_000;

    private static final int SMALL_POINTS = 60;

    private final ServiceReads reads;
    private final ChartReads charts;

    ServiceViews(MetricStore metrics) {
        this.reads = new ServiceReads(metrics);
        this.charts = new ChartReads(metrics);
    }

    ServiceReads reads() {
        return reads;
    }

    ServiceLine line(Watched watched, List<AlertStore.Row> alerts, Words words, long now) {
        var key = watched.key();
        var lately = reads.traffic().watched(key, now - LATELY, now);
        var traffic = lately.all();
        var instances = reads.instances(key, now);
        var up = instances.stream().filter(ServiceReads.Instance::up).count();
        var firing =
                (int)
                        alerts.stream()
                                .filter(row -> row.key().service().equals(key))
                                .filter(row -> row.alert().state() == Alert.State.FIRING)
                                .count();
        return new ServiceLine(
                key.service(),
                key.environment(),
                key.path(),
                watched.version(),
                watched.candidate(),
                watched.weight(),
                sum(smallLines(key, now)),
                words.rate(lately.rate()),
                errorRatio(traffic, words),
                latency(traffic, 0.95, words),
                instances.isEmpty()
                        ? "–"
                        : words.text("monitoring.instances.up", up, (long) instances.size()),
                firing,
                firing == 0 && up == instances.size());
    }

    private static String errorRatio(Traffic traffic, Words words) {
        return traffic.total().requests() == 0 ? "–" : words.ratio(traffic.total().ratio());
    }

    private static String latency(Traffic traffic, double quantile, Words words) {
        return traffic.latencies().total() == 0
                ? "–"
                : words.seconds(traffic.latencies().quantile(quantile));
    }

    /** Requests per second by version, few points. */
    private Map<String, List<Double>> smallLines(ServiceKey key, long now) {
        var chart =
                charts.requests(key, new ChartReads.Window(now, SMALL), ChartReads.Versions.NONE);
        var lines = new HashMap<String, List<Double>>();
        for (var line : chart.series()) {
            var each = Math.max(1, line.values().size() / SMALL_POINTS);
            var few = new ArrayList<Double>();
            for (int i = each - 1; i < line.values().size(); i += each) {
                few.add(
                        line.values().subList(i - each + 1, i + 1).stream()
                                .filter(Objects::nonNull)
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElse(0));
            }
            lines.put(line.title(), few);
        }
        return lines;
    }

    private static List<Double> sum(Map<String, List<Double>> lines) {
        var sum = new ArrayList<Double>();
        for (var line : lines.values()) {
            for (int i = 0; i < line.size(); i++) {
                if (i == sum.size()) {
                    sum.add(0.0);
                }
                sum.set(i, sum.get(i) + line.get(i));
            }
        }
        return sum;
    }

    /** A line per version that had traffic lately, or that is live or a candidate. */
    List<VersionLine> versions(Watched watched, Words words, long now) {
        var lately = reads.traffic().watched(watched.key(), now - LATELY, now);
        var byVersion = new HashMap<>(lately.byVersion());
        for (var version : List.of(watched.version(), watched.candidate())) {
            if (!version.isEmpty()) {
                byVersion.putIfAbsent(version, Traffic.NONE);
            }
        }
        var small = smallLines(watched.key(), now);
        return byVersion.entrySet().stream()
                .sorted(
                        Comparator.comparing((Map.Entry<String, Traffic> entry) ->
                                        !entry.getKey().equals(watched.version()))
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> {
                    var version = entry.getKey();
                    var traffic = entry.getValue();
                    return new VersionLine(
                            version,
                            version.equals(watched.candidate())
                                    ? "candidate"
                                    : version.equals(watched.version()) ? "live" : "old",
                            small.getOrDefault(version, List.of()),
                            words.rate(lately.rate(version)),
                            errorRatio(traffic, words),
                            latency(traffic, 0.5, words),
                            latency(traffic, 0.95, words),
                            latency(traffic, 0.99, words));
                })
                .toList();
    }

    List<InstanceLine> instances(ServiceKey key, Words words, long now) {
        return reads.instances(key, now).stream()
                .map(i ->
                        new InstanceLine(
                                i.version(),
                                i.instance(),
                                i.up(),
                                words.digits(i.cpu() * 100, 1) + " %",
                                words.bytes(i.memory())))
                .toList();
    }
}
