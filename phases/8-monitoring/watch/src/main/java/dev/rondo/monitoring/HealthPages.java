package dev.rondo.monitoring;

import dev.rondo.monitoring.metrics.MetricStore;
import dev.rondo.monitoring.metrics.Selector;
import dev.rondo.monitoring.pages.Templates;
import dev.rondo.monitoring.view.HealthView;
import dev.rondo.monitoring.view.HealthView.Figure;
import dev.rondo.monitoring.view.ServiceView.ChartPlace;
import dev.rondo.store.Micros;
import dev.rondo.telemetry.Telemetry;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How Rondo itself does: the JVM, the store of metrics, and what the spine measures. */
final class HealthPages {

    private static final List<String> CHARTS =
            List.of("memory", "cpu", "threads", "samples", "events", "lag");

    private final Telemetry telemetry;
    private final MetricStore metrics;
    private final ChartReads charts;
    private final Texts texts;
    private final Templates templates;

    HealthPages(Telemetry telemetry, MetricStore metrics, Texts texts, Templates templates) {
        this.telemetry = telemetry;
        this.metrics = metrics;
        this.charts = new ChartReads(metrics);
        this.texts = texts;
        this.templates = templates;
    }

    void routes(Routes routes) {
        routes.get("/monitoring/rondo", May.SIGNED_IN, this::show);
        routes.get("/api/monitoring/rondo/charts/{figure}", May.SIGNED_IN, this::chart);
    }

    private void show(Visit visit) {
        var words = new Words(texts, visit.locale());
        visit.page(
                Page.titled(visit.text("monitoring.health.title")).menu("monitoring.menu.health"),
                templates.health(
                        visit,
                        new HealthView(
                                figures(visit, words),
                                CHARTS.stream()
                                        .map(word ->
                                                new ChartPlace(
                                                        "monitoring.health.chart." + word,
                                                        "/api/monitoring/rondo/charts/" + word,
                                                        10))
                                        .toList())));
    }

    private List<Figure> figures(Visit visit, Words words) {
        var samples = telemetry.samples();
        double heap = 0;
        double all = 0;
        double uptime = 0;
        double cpu = 0;
        double threads = 0;
        var own = new ArrayList<Figure>();
        for (var sample : samples) {
            switch (sample.name()) {
                case "jvm_memory_used_bytes" -> {
                    all += sample.value();
                    heap += sample.labels().get("area").equals("heap") ? sample.value() : 0;
                }
                case "process_uptime_seconds" -> uptime = sample.value();
                case "process_cpu_usage" -> cpu = sample.value();
                case "jvm_threads_live_threads" -> threads = sample.value();
                default -> {
                    if (sample.name().startsWith("rondo_journal")
                            && !sample.name().endsWith("_bucket")) {
                        own.add(
                                new Figure(
                                        sample.name()
                                                + (sample.labels().pairs().isEmpty()
                                                        ? ""
                                                        : sample.labels().pairs().toString()),
                                        words.digits(sample.value(), 0)));
                    }
                }
            }
        }
        var usage = metrics.usage();
        var figures = new ArrayList<Figure>();
        figures.add(
                new Figure(
                        visit.text("monitoring.health.uptime"),
                        visit.times().duration(Duration.ofMillis((long) (uptime * 1000)))));
        figures.add(new Figure(visit.text("monitoring.health.heap"), words.bytes(heap)));
        figures.add(new Figure(visit.text("monitoring.health.memory"), words.bytes(all)));
        figures.add(new Figure(visit.text("monitoring.health.cpu"), words.ratio(cpu)));
        figures.add(new Figure(visit.text("monitoring.health.threads"), words.digits(threads, 0)));
        figures.add(
                new Figure(
                        visit.text("monitoring.health.series"),
                        visit.text(
                                "monitoring.health.of",
                                words.count(usage.series()),
                                words.count(usage.seriesLimit()))));
        figures.add(
                new Figure(
                        visit.text("monitoring.health.disk"),
                        visit.text(
                                "monitoring.health.days",
                                words.bytes(usage.bytes()),
                                usage.days())));
        figures.addAll(own);
        return figures;
    }

    private void chart(Visit visit) {
        var window = new ChartReads.Window(Micros.now(), 3_600_000_000L);
        visit.json(
                switch (visit.param("figure")) {
                    case "memory" ->
                            charts.gauge(
                                    Selector.of("jvm_memory_used_bytes"),
                                    window,
                                    "bytes",
                                    series -> series.labels().get("area"));
                    case "cpu" ->
                            charts.gauge(
                                    Selector.of("process_cpu_usage"),
                                    window,
                                    "ratio",
                                    s -> "Rondo");
                    case "threads" ->
                            charts.gauge(
                                    Selector.of("jvm_threads_live_threads"),
                                    window,
                                    "count",
                                    s -> "JVM");
                    case "samples" ->
                            charts.rate(
                                    Selector.of("rondo_monitoring_samples_total"),
                                    window,
                                    "per-second",
                                    "outcome");
                    case "events" ->
                            named(
                                    "Journal",
                                    charts.rate(
                                            Selector.of("rondo_journal_events_total"),
                                            window,
                                            "per-second",
                                            "project"));
                    case "lag" ->
                            charts.gauge(
                                    Selector.of("rondo_journal_lag_events"),
                                    window,
                                    "count",
                                    series -> series.labels().get("reaction"));
                    default -> throw visit.missing();
                });
    }

    /** The only line of a chart under a name: its figure has no label to take one from. */
    private static Chart named(String name, Chart chart) {
        return new Chart(
                chart.times(),
                chart.series().stream()
                        .map(line -> new Chart.Line(name, line.values(), line.tone()))
                        .toList(),
                chart.unit(),
                chart.markers());
    }
}
