package dev.rondo.monitoring;

import dev.rondo.monitoring.ServiceStore.Watched;
import dev.rondo.monitoring.pages.Templates;
import dev.rondo.monitoring.view.ServiceView;
import dev.rondo.monitoring.view.ServiceView.ChartPlace;
import dev.rondo.monitoring.view.ServiceView.WindowChoice;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The overview of all services, and the page of one. */
final class ServicePages {

    /** Stretches of time in seconds, by the word in the address. */
    static final Map<String, Long> WINDOWS = windows();

    static final String USUAL_WINDOW = "15m";

    private final Store store;
    private final Texts texts;
    private final Templates templates;
    private final ServiceViews views;

    ServicePages(Store store, Texts texts, Templates templates, ServiceViews views) {
        this.store = store;
        this.texts = texts;
        this.templates = templates;
        this.views = views;
    }

    private static Map<String, Long> windows() {
        var windows = new LinkedHashMap<String, Long>();
        windows.put("5m", 300L);
        windows.put("15m", 900L);
        windows.put("1h", 3600L);
        windows.put("6h", 21_600L);
        windows.put("24h", 86_400L);
        return windows;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/monitoring", May.READ, this::overview);
        routes.get(
                "/projects/{project}/monitoring/services/{service}/{environment}",
                May.READ,
                this::service);
        routes.get(
                "/projects/{project}/monitoring/services/{service}/{environment}/figures",
                May.READ,
                visit -> visit.fragment(figures(visit, watched(visit))));
    }

    private void overview(Visit visit) {
        var project = visit.project().name();
        var words = new Words(texts, visit.locale());
        var now = Micros.now();
        var alerts = store.read(sql -> AlertStore.active(sql, project));
        var lines =
                store.read(sql -> ServiceStore.of(sql, project)).stream()
                        .map(watched -> views.line(watched, alerts, words, now))
                        .toList();
        visit.page(
                Page.titled(visit.text("monitoring.overview.title"))
                        .menu("monitoring.menu.services"),
                templates.overview(visit, lines));
    }

    private void service(Visit visit) {
        var watched = watched(visit);
        visit.page(
                Page.titled(watched.key().service() + " · " + watched.key().environment())
                        .trail(
                                visit.text("monitoring.overview.title"),
                                "/projects/" + visit.project().name() + "/monitoring")
                        .menu("monitoring.menu.services")
                        .wide(),
                templates.service(visit, view(visit, watched), figures(visit, watched)));
    }

    private ServiceView view(Visit visit, Watched watched) {
        var key = watched.key();
        var words = new Words(texts, visit.locale());
        var window = visit.query("window").filter(WINDOWS::containsKey).orElse(USUAL_WINDOW);
        var now = Micros.now();
        return new ServiceView(
                key.service(),
                key.environment(),
                key.path(),
                WINDOWS.keySet().stream()
                        .map(word ->
                                new WindowChoice(
                                        word, key.path() + "?window=" + word, word.equals(window)))
                        .toList(),
                charts(key, window),
                views.versions(watched, words, now),
                views.instances(key, words, now),
                JudgementViews.lines(
                        store.read(sql -> JudgementStore.ofService(sql, key, 5)), words),
                AlertViews.active(
                        store.read(sql -> AlertStore.active(sql, key.project())).stream()
                                .filter(row -> row.key().service().equals(key))
                                .toList(),
                        store.read(sql -> SilenceStore.lasting(sql, key.project(), now)),
                        words));
    }

    /** The longer the stretch, the less one more second changes. */
    private static List<ChartPlace> charts(ServiceKey key, String window) {
        var seconds = WINDOWS.getOrDefault(window, 900L);
        var every = (int) Math.clamp(seconds / 450, 2, 60);
        return ChartFigure.OF_SERVICE.stream()
                .map(figure ->
                        new ChartPlace(
                                "monitoring.chart." + figure.word(),
                                key.apiPath() + "/charts/" + figure.word() + "?window=" + window,
                                every))
                .toList();
    }

    private Content figures(Visit visit, Watched watched) {
        return templates.serviceFigures(visit, view(visit, watched));
    }

    /** What other phases' pages about the service show. */
    Optional<Content> panel(Visit visit, ServiceKey key) {
        return store.read(sql -> ServiceStore.find(sql, key))
                .map(watched -> templates.servicePanel(visit, view(visit, watched)));
    }

    private Watched watched(Visit visit) {
        var key = key(visit);
        return store.read(sql -> ServiceStore.find(sql, key)).orElseThrow(visit::missing);
    }

    static ServiceKey key(Visit visit) {
        return new ServiceKey(
                visit.project().name(), visit.param("service"), visit.param("environment"));
    }
}
