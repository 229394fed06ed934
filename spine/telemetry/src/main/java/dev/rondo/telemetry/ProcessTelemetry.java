package dev.rondo.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.StatefulMetric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The telemetry of this process, kept in Prometheus' own client and printed in its text format. */
public final class ProcessTelemetry implements Telemetry {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusMeterRegistry printer =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
    private final ConcurrentHashMap<String, Known> metrics = new ConcurrentHashMap<>();

    /** A metric, and the names of its labels in their order. */
    private record Known(StatefulMetric<?, ?> metric, List<String> names) {}

    /** Binds the figures of the JVM and of the process as well. */
    public ProcessTelemetry() {
        new JvmMemoryMetrics().bindTo(printer);
        new JvmThreadMetrics().bindTo(printer);
        new ClassLoaderMetrics().bindTo(printer);
        new ProcessorMetrics().bindTo(printer);
        new UptimeMetrics().bindTo(printer);
    }

    @Override
    public Counter counter(String name, Labels labels) {
        var point =
                metric(
                                name,
                                labels,
                                this::newCounter,
                                io.prometheus.metrics.core.metrics.Counter.class)
                        .labelValues(labels.values());
        return point::inc;
    }

    @Override
    public Gauge gauge(String name, Labels labels) {
        var point =
                metric(name, labels, this::newGauge, io.prometheus.metrics.core.metrics.Gauge.class)
                        .labelValues(labels.values());
        return point::set;
    }

    @Override
    public Histogram histogram(String name, Labels labels) {
        var point =
                metric(
                                name,
                                labels,
                                this::newHistogram,
                                io.prometheus.metrics.core.metrics.Histogram.class)
                        .labelValues(labels.values());
        return point::observe;
    }

    @Override
    public void forget(String name, Labels labels) {
        var known = metrics.get(name);
        if (known != null) {
            known.metric().remove(labels.values());
        }
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (MetricSnapshot metric : registry.scrape()) {
            var name = metric.getMetadata().getPrometheusName();
            switch (metric) {
                case CounterSnapshot counters -> {
                    for (var point : counters.getDataPoints()) {
                        samples.add(
                                new Sample(
                                        name + "_total",
                                        labels(point.getLabels()),
                                        Sample.Kind.COUNTER,
                                        point.getValue()));
                    }
                }
                case GaugeSnapshot gauges -> {
                    for (var point : gauges.getDataPoints()) {
                        samples.add(
                                new Sample(
                                        name,
                                        labels(point.getLabels()),
                                        Sample.Kind.GAUGE,
                                        point.getValue()));
                    }
                }
                case HistogramSnapshot histograms -> {
                    for (var point : histograms.getDataPoints()) {
                        addHistogram(samples, name, point);
                    }
                }
                default -> {
                    // Summaries and infos of the JVM's binders: printed, not stored.
                }
            }
        }
        return samples;
    }

    /** Writes all figures in Prometheus' text format 0.0.4. */
    public void expose(OutputStream out) throws IOException {
        printer.scrape(out);
    }

    private static void addHistogram(
            List<Sample> samples, String name, HistogramSnapshot.HistogramDataPointSnapshot point) {
        var labels = labels(point.getLabels());
        double count = 0;
        for (var bucket : point.getClassicBuckets()) {
            count += bucket.getCount();
            var withBound = new TreeMap<>(labels.pairs());
            withBound.put("le", bound(bucket.getUpperBound()));
            samples.add(
                    new Sample(
                            name + "_bucket", new Labels(withBound), Sample.Kind.COUNTER, count));
        }
        samples.add(new Sample(name + "_sum", labels, Sample.Kind.COUNTER, point.getSum()));
        samples.add(new Sample(name + "_count", labels, Sample.Kind.COUNTER, count));
    }

    private static String bound(double bound) {
        return bound == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(bound);
    }

    private static Labels labels(io.prometheus.metrics.model.snapshots.Labels labels) {
        var pairs = new TreeMap<String, String>();
        for (var label : labels) {
            pairs.put(label.getName(), label.getValue());
        }
        return new Labels(pairs);
    }

    private <M extends StatefulMetric<?, ?>> M metric(
            String name, Labels labels, Function<Named, M> create, Class<M> type) {
        var names = List.of(labels.names());
        var known =
                metrics.computeIfAbsent(
                        name, key -> new Known(create.apply(new Named(key, labels)), names));
        if (!known.names().equals(names)) {
            throw new IllegalArgumentException(
                    name + " has the labels " + known.names() + ", not " + names);
        }
        return type.cast(known.metric());
    }

    private record Named(String name, Labels labels) {}

    private io.prometheus.metrics.core.metrics.Counter newCounter(Named named) {
        return io.prometheus.metrics.core.metrics.Counter.builder()
                // Exemplars want a tracer's classes, which are not on the class path.
                .withoutExemplars()
                .name(named.name())
                .help(named.name())
                .labelNames(named.labels().names())
                .register(registry);
    }

    private io.prometheus.metrics.core.metrics.Gauge newGauge(Named named) {
        return io.prometheus.metrics.core.metrics.Gauge.builder()
                .withoutExemplars()
                .name(named.name())
                .help(named.name())
                .labelNames(named.labels().names())
                .register(registry);
    }

    private io.prometheus.metrics.core.metrics.Histogram newHistogram(Named named) {
        return io.prometheus.metrics.core.metrics.Histogram.builder()
                .withoutExemplars()
                .name(named.name())
                .help(named.name())
                .classicOnly()
                .classicUpperBounds(SECONDS_BUCKETS)
                .labelNames(named.labels().names())
                .register(registry);
    }
}
