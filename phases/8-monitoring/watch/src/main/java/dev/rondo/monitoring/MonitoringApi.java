package dev.rondo.monitoring;

import dev.rondo.monitoring.ChartReads.Versions;
import dev.rondo.monitoring.ChartReads.Window;
import dev.rondo.monitoring.metrics.MetricStoreException;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same as JSON, and what the charts are drawn from. */
final class MonitoringApi {

    private static final String BASE = "/api/projects/{project}/monitoring";

    private final Store store;
    private final Texts texts;
    private final ChartReads charts;
    private final ServiceReads reads;
    private final JudgementPages judgements;

    MonitoringApi(
            Store store,
            Texts texts,
            ChartReads charts,
            ServiceReads reads,
            JudgementPages judgements) {
        this.store = store;
        this.texts = texts;
        this.charts = charts;
        this.reads = reads;
        this.judgements = judgements;
    }

    void routes(Routes routes) {
        routes.get(BASE + "/services", May.READ, this::services);
        routes.get(BASE + "/services/{service}/{environment}", May.READ, this::service);
        routes.get(
                BASE + "/services/{service}/{environment}/charts/{figure}", May.READ, this::chart);
        routes.get(BASE + "/judgements", May.READ, this::list);
        routes.get(BASE + "/judgements/{judgement}", May.READ, this::judgement);
        routes.get(BASE + "/judgements/{judgement}/course/{figure}", May.READ, this::course);
        routes.get(BASE + "/alerts", May.READ, this::alerts);
        routes.get(BASE + "/rules", May.READ, this::rules);
    }

    // ---- Services -----------------------------------------------------------------------------

    /** Figures are those of the last minute, or of the time since the first request. */
    record ServiceJson(
            String service,
            String environment,
            String version,
            String candidate,
            int weight,
            List<VersionJson> versions,
            List<ServiceReads.Instance> instances) {}

    record VersionJson(
            String version,
            long requests,
            long errors,
            double requestsPerSecond,
            double errorRatio,
            double p50,
            double p95,
            double p99) {}

    private void services(Visit visit) {
        var now = Micros.now();
        visit.json(
                Map.of(
                        "services",
                        store.read(sql -> ServiceStore.of(sql, visit.project().name())).stream()
                                .map(watched -> json(watched, now))
                                .toList()));
    }

    private void service(Visit visit) {
        visit.json(json(watched(visit), Micros.now()));
    }

    private ServiceStore.Watched watched(Visit visit) {
        return store.read(sql -> ServiceStore.find(sql, ServicePages.key(visit)))
                .orElseThrow(visit::missing);
    }

    private ServiceJson json(ServiceStore.Watched watched, long now) {
        var lately = reads.traffic().watched(watched.key(), now - ServiceViews.LATELY, now);
        var versions =
                lately.byVersion().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> {
                            var total = entry.getValue().total();
                            var latencies = entry.getValue().latencies();
                            return new VersionJson(
                                    entry.getKey(),
                                    total.requests(),
                                    total.errors(),
                                    lately.rate(entry.getKey()),
                                    total.ratio(),
                                    latencies.quantile(0.5),
                                    latencies.quantile(0.95),
                                    latencies.quantile(0.99));
                        })
                        .toList();
        return new ServiceJson(
                watched.key().service(),
                watched.key().environment(),
                watched.version(),
                watched.candidate(),
                watched.weight(),
                versions,
                reads.instances(watched.key(), now));
    }

    private void chart(Visit visit) {
        var watched = watched(visit);
        var key = watched.key();
        var figure = ChartFigure.of(visit.param("figure")).orElseThrow(visit::missing);
        var word = visit.query("window").orElse(ServicePages.USUAL_WINDOW);
        var seconds = ServicePages.WINDOWS.get(word);
        if (seconds == null) {
            throw Refusal.of(
                            "monitoring.window.invalid",
                            word,
                            String.join(", ", ServicePages.WINDOWS.keySet()))
                    .at("window")
                    .status(400)
                    .asException();
        }
        var window = new Window(Micros.now(), seconds * 1_000_000);
        var versions = new Versions(watched.version(), watched.candidate());
        try {
            var chart = draw(figure, key, window, versions);
            visit.json(
                    new Chart(
                            chart.times(),
                            chart.series(),
                            chart.unit(),
                            marks(key, window, visit)));
        } catch (MetricStoreException e) {
            if (e.category() != MetricStoreException.Category.TOO_MUCH) {
                throw e;
            }
            throw Refusal.of("monitoring.window.much").at("window").asException();
        }
    }

    private Chart draw(ChartFigure figure, ServiceKey key, Window window, Versions versions) {
        return switch (figure) {
            case REQUESTS -> charts.requests(key, window, versions);
            case ERRORS -> charts.errors(key, window, versions);
            case LATENCY_P50 -> charts.latency(key, window, versions, 0.5);
            case LATENCY_P95 -> charts.latency(key, window, versions, 0.95);
            case LATENCY_P99 -> charts.latency(key, window, versions, 0.99);
            case CPU -> charts.cpu(key, window);
            case MEMORY -> charts.memory(key, window);
        };
    }

    private List<Chart.Mark> marks(ServiceKey key, Window window, Visit visit) {
        return store
                .read(sql -> ServiceStore.markers(sql, key, window.from(), window.to()))
                .stream()
                .map(m ->
                        new Chart.Mark(
                                m.at() / 1e6,
                                visit.text(
                                        "monitoring.marker." + m.kind(), m.version(), m.weight())))
                .toList();
    }

    // ---- Judgements ---------------------------------------------------------------------------

    record JudgementJson(
            String id,
            String rollout,
            int step,
            String service,
            String environment,
            String stable,
            String candidate,
            Instant since,
            String state,
            List<String> reasons,
            JudgementReport report) {}

    private void list(Visit visit) {
        visit.json(
                Map.of(
                        "judgements",
                        store
                                .read(sql ->
                                        JudgementStore.page(
                                                sql,
                                                visit.project().name(),
                                                Long.MAX_VALUE,
                                                false,
                                                100))
                                .stream()
                                .map(j -> json(j, visit.locale()))
                                .toList()));
    }

    private void judgement(Visit visit) {
        visit.json(json(judgements.find(visit), visit.locale()));
    }

    private JudgementJson json(Judgement judgement, Locale language) {
        var report = judgements.report(judgement);
        var words = new Words(texts, language);
        return new JudgementJson(
                judgement.id(),
                judgement.rollout(),
                judgement.step(),
                judgement.key().service(),
                judgement.key().environment(),
                judgement.stable(),
                judgement.candidate(),
                Micros.toInstant(judgement.since()),
                judgement.state(),
                report.reasons().stream().map(words::reason).toList(),
                report);
    }

    /** How a judgement came to its end, as a chart: evidence, or the error ratios. */
    private void course(Visit visit) {
        var judgement = judgements.find(visit);
        visit.json(
                switch (visit.param("figure")) {
                    case "evidence" ->
                            JudgementCourse.evidence(judgements.report(judgement), visit);
                    case "errors" ->
                            JudgementCourse.errors(judgement, judgements.report(judgement));
                    default -> throw visit.missing();
                });
    }

    // ---- Alerts -------------------------------------------------------------------------------

    private void alerts(Visit visit) {
        var project = visit.project().name();
        var rows = store.read(sql -> AlertStore.active(sql, project));
        var silences = store.read(sql -> SilenceStore.lasting(sql, project, Micros.now()));
        var words = new Words(texts, visit.locale());
        visit.json(Map.of("alerts", AlertViews.active(rows, silences, words)));
    }

    private void rules(Visit visit) {
        var project = visit.project().name();
        var problem =
                store.read(sql -> AlertStore.file(sql, project))
                        .flatMap(AlertStore.RuleFile::problem)
                        .map(bad -> AlertPages.sentence(bad, new Words(texts, visit.locale())))
                        .orElse("");
        visit.json(
                Map.of(
                        "problem",
                        problem,
                        "rules",
                        store.read(sql -> AlertStore.rules(sql, project))));
    }
}
