package dev.rondo.monitoring;

import dev.rondo.monitoring.metrics.MetricStore;
import dev.rondo.monitoring.metrics.Selector;
import dev.rondo.monitoring.metrics.Series;
import dev.rondo.monitoring.view.InstanceLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Figures of a service over time, a line per version, on a common grid of times. */
final class ChartReads {

    /** So many points a line: more than a screen shows side by side would only cost. */
    private static final int POINTS = 300;

    /** A rate is taken over at least this, so that single requests do not make it jump. */
    private static final long SMOOTH = 5_000_000;

    private static final int VERSIONS = 6;

    private final MetricStore metrics;

    ChartReads(MetricStore metrics) {
        this.metrics = metrics;
    }

    /** The stretch of time that a chart shows, in microseconds, in equal steps. */
    record Window(long to, long length) {

        long step() {
            return Math.max(1_000_000, length / POINTS / 1_000_000 * 1_000_000);
        }

        long smooth() {
            return Math.max(step(), SMOOTH);
        }

        long from() {
            return to - length;
        }

        /** Times on the grid, so that refreshing moves points instead of changing them. */
        long[] ends() {
            var step = step();
            var first = Math.ceilDiv(from(), step);
            var last = Math.floorDiv(to, step);
            var ends = new long[(int) (last - first + 1)];
            for (int i = 0; i < ends.length; i++) {
                ends[i] = (first + i) * step;
            }
            return ends;
        }
    }

    /** Which version is drawn how. */
    record Versions(String live, String candidate) {

        /** No version at all, but instances and the like: each gets a colour of its own. */
        static final Versions NONE = new Versions("", "");

        String tone(String version) {
            if (this.equals(NONE)) {
                return "";
            }
            return version.equals(candidate) ? "warn" : version.equals(live) ? "good" : "neutral";
        }
    }

    Chart requests(ServiceKey key, Window window, Versions versions) {
        var total = rates(Figures.of(Figures.REQUESTS, key), window, "version", s -> true);
        return chart(window, total, "per-second", versions);
    }

    Chart errors(ServiceKey key, Window window, Versions versions) {
        var selector = Figures.of(Figures.REQUESTS, key);
        var all = metrics.fetch(selector, reach(window), window.to(), window.step());
        var total = rates(all, window, "version", s -> true);
        var bad = rates(all, window, "version", s -> Figures.isError(s.labels().get("code")));
        var ratios = new TreeMap<String, double[]>();
        total.forEach((version, rate) -> {
            var none = new double[rate.length];
            var wrong = bad.getOrDefault(version, none);
            var ratio = new double[rate.length];
            for (int i = 0; i < ratio.length; i++) {
                // Nothing divided by nothing is the gap that it should be.
                ratio[i] = (Double.isNaN(wrong[i]) ? 0 : wrong[i]) / rate[i];
            }
            ratios.put(version, ratio);
        });
        return chart(window, ratios, "ratio", versions);
    }

    Chart latency(ServiceKey key, Window window, Versions versions, double quantile) {
        var byBound = new HashMap<String, Map<Double, double[]>>();
        for (var series :
                metrics.fetch(
                        Figures.of(Figures.SECONDS_BUCKET, key),
                        reach(window),
                        window.to(),
                        window.step())) {
            var bound = TrafficReads.bound(series.labels().get("le"));
            byBound.computeIfAbsent(series.labels().get("version"), v -> new HashMap<>())
                    .merge(
                            bound,
                            Counters.rates(series, window.ends(), window.smooth(), 0),
                            ChartReads::plus);
        }
        var lines = new TreeMap<String, double[]>();
        byBound.forEach((version, rates) -> lines.put(version, quantiles(rates, window, quantile)));
        return chart(window, lines, "seconds", versions);
    }

    private static double[] quantiles(Map<Double, double[]> rates, Window window, double quantile) {
        var values = new double[window.ends().length];
        for (int i = 0; i < values.length; i++) {
            var at = i;
            var upTo = new HashMap<Double, Double>();
            rates.forEach((bound, rate) -> upTo.put(bound, rate[at]));
            var latencies = TrafficReads.latencies(upTo);
            values[i] =
                    Arrays.stream(latencies.counts()).sum() > 0
                            ? latencies.quantile(quantile)
                            : Double.NaN;
        }
        return values;
    }

    /** CPU seconds per second, a line per instance. */
    Chart cpu(ServiceKey key, Window window) {
        var rates = rates(Figures.of(Figures.CPU, key), window, "instance", s -> true);
        return chart(window, byShortId(rates), "count", Versions.NONE);
    }

    Chart memory(ServiceKey key, Window window) {
        var values =
                gauges(Figures.of(Figures.MEMORY, key), window, s -> s.labels().get("instance"));
        return chart(window, byShortId(values), "bytes", Versions.NONE);
    }

    private static Map<String, double[]> byShortId(Map<String, double[]> byInstance) {
        var named = new TreeMap<String, double[]>();
        byInstance.forEach(
                (instance, values) -> named.put(InstanceLine.shortened(instance), values));
        return named;
    }

    /** Any gauge, such as those of the JVM, one line per value of {@code name}. */
    Chart gauge(Selector selector, Window window, String unit, Function<Series, String> name) {
        return chart(window, gauges(selector, window, name), unit, Versions.NONE);
    }

    /** Any counter per second, one line per value of a label. */
    Chart rate(Selector selector, Window window, String unit, String label) {
        return chart(window, rates(selector, window, label, s -> true), unit, Versions.NONE);
    }

    private static long reach(Window window) {
        return window.from() - Math.max(window.smooth(), 60_000_000);
    }

    private Map<String, double[]> rates(
            Selector selector, Window window, String label, Predicate<Series> wanted) {
        return rates(
                metrics.fetch(selector, reach(window), window.to(), window.step()),
                window,
                label,
                wanted);
    }

    private static Map<String, double[]> rates(
            List<Series> all, Window window, String label, Predicate<Series> wanted) {
        var ends = window.ends();
        var sums = new TreeMap<String, double[]>();
        var begins = begins(all, label);
        for (var series : all) {
            if (wanted.test(series)) {
                var rates =
                        Counters.rates(
                                series,
                                ends,
                                window.smooth(),
                                begins.getOrDefault(series.labels().get(label), 0L));
                for (int i = 0; i < ends.length; i++) {
                    if (silent(series, ends[i], window)) {
                        rates[i] = Double.NaN;
                    }
                }
                sums.merge(series.labels().get(label), rates, ChartReads::plus);
            }
        }
        return sums;
    }

    /** When each line began: its first series says so, not one that was counted first later on. */
    private static Map<String, Long> begins(List<Series> all, String label) {
        var begins = new HashMap<String, Long>();
        for (var series : all) {
            begins.merge(
                    series.labels().get(label), series.times()[0] - TrafficReads.PERIOD, Math::min);
        }
        return begins;
    }

    private Map<String, double[]> gauges(
            Selector selector, Window window, Function<Series, String> name) {
        var ends = window.ends();
        var sums = new TreeMap<String, double[]>();
        for (var series : metrics.fetch(selector, reach(window), window.to(), window.step())) {
            var values = new double[ends.length];
            for (int i = 0; i < ends.length; i++) {
                values[i] =
                        silent(series, ends[i], window)
                                ? Double.NaN
                                : series.values()[Counters.lastUntil(series.times(), ends[i])];
            }
            sums.merge(name.apply(series), values, ChartReads::plus);
        }
        return sums;
    }

    /** Whether the series said nothing for a while before this time: a gap, not a zero. */
    private static boolean silent(Series series, long end, Window window) {
        var last = Counters.lastUntil(series.times(), end);
        return last < 0 || series.times()[last] < end - Math.max(window.smooth(), 15_000_000);
    }

    private static double[] plus(double[] one, double[] other) {
        var sum = one.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] =
                    Double.isNaN(sum[i])
                            ? other[i]
                            : sum[i] + (Double.isNaN(other[i]) ? 0 : other[i]);
        }
        return sum;
    }

    private static Chart chart(
            Window window, Map<String, double[]> lines, String unit, Versions versions) {
        var times = Arrays.stream(window.ends()).mapToObj(end -> end / 1e6).toList();
        var series =
                lines.entrySet().stream()
                        .filter(entry -> !Arrays.stream(entry.getValue()).allMatch(Double::isNaN))
                        .sorted(Comparator.comparingInt(entry -> -lastSaid(entry.getValue())))
                        .limit(VERSIONS)
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry ->
                                new Chart.Line(
                                        entry.getKey(),
                                        values(entry.getValue()),
                                        versions.tone(entry.getKey())))
                        .toList();
        return new Chart(times, series, unit, List.of());
    }

    private static int lastSaid(double[] values) {
        for (int i = values.length - 1; i >= 0; i--) {
            if (!Double.isNaN(values[i])) {
                return i;
            }
        }
        return -1;
    }

    private static List<@Nullable Double> values(double[] values) {
        var list = new ArrayList<@Nullable Double>(values.length);
        for (var value : values) {
            list.add(Double.isFinite(value) ? Math.round(value * 1e6) / 1e6 : null);
        }
        return list;
    }
}
