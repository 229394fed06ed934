package dev.rondo.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Routes of the shell itself: health, figures, assets, live streams, palette, preferences. */
final class SystemRoutes {

    private static final int PALETTE_HITS = 8;
    private static final Set<String> THEMES = Set.of("auto", "light", "dark");
    private static final Set<String> LANGUAGES = Set.of("en", "de");

    private final Site site;

    SystemRoutes(Site site) {
        this.site = site;
    }

    void register(Routes routes) {
        routes.get("/healthz", May.ANYONE, this::health);
        routes.get("/readyz", May.ANYONE, this::ready);
        routes.get("/metrics", May.ANYONE, this::metrics);
        routes.get("/assets/{hash}/<name>", May.ANYONE, site.assets()::serve);
        routes.get("/projects/{project}/live", May.READ, site.live()::serve);
        routes.get("/palette", May.SIGNED_IN, visit -> palette(visit));
        routes.get("/projects/{project}/palette", May.READ, visit -> palette(visit));
        routes.post("/preferences", May.ANYONE, this::prefer);
    }

    private void health(Visit visit) {
        visit.http().contentType("text/plain; charset=utf-8").result("ok\n");
    }

    private void ready(Visit visit) {
        boolean isReady = site.isReady();
        visit.http()
                .status(isReady ? 200 : 503)
                .contentType("text/plain; charset=utf-8")
                .result(isReady ? "ready\n" : "not ready\n");
    }

    /** For this machine, and for administrators by session or token. */
    private void metrics(Visit visit) throws IOException {
        if (!visit.caller().admin() && !isLoopback(visit)) {
            throw Refusal.forbidden("web.forbidden.ADMIN").asException();
        }
        var out = new ByteArrayOutputStream(64 * 1024);
        if (site.telemetry().isPresent()) {
            site.telemetry().get().expose(out);
        }
        visit.http()
                .contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(out.toByteArray());
    }

    /** The peer's address itself; behind a proxy on this machine that is not the user's. */
    private static boolean isLoopback(Visit visit) throws IOException {
        var http = visit.http();
        return InetAddress.getByName(http.ip()).isLoopbackAddress()
                && http.header("X-Forwarded-For") == null
                && http.header("Forwarded") == null;
    }

    private void palette(Visit visit) {
        var words = visit.param("q").strip();
        var hits = new ArrayList<PaletteSource.Hit>();
        hits.addAll(pages(visit, words));
        hits.addAll(projects(visit, words));
        if (!words.isEmpty()) {
            for (var source : site.palette()) {
                hits.addAll(source.find(visit, words, PALETTE_HITS));
            }
        }
        visit.json(Map.of("hits", hits));
    }

    private List<PaletteSource.Hit> pages(Visit visit, String words) {
        return site.menu().stream()
                .filter(entry -> visit.may(entry.may()))
                .filter(entry ->
                        visit.maybeProject().isPresent() || !entry.path().contains("{project}"))
                .map(entry ->
                        new PaletteSource.Hit(
                                visit.text("web.palette.pages"),
                                visit.text(entry.titleKey()),
                                entry.place() == 0 ? "" : visit.text("web.phase." + entry.place()),
                                Shells.path(entry, visit)))
                .filter(hit -> fits(hit.title() + " " + hit.hint(), words))
                .toList();
    }

    private List<PaletteSource.Hit> projects(Visit visit, String words) {
        return site.gatekeeper().projects(visit.caller()).stream()
                .filter(project -> fits(project.name() + " " + project.title(), words))
                .limit(PALETTE_HITS)
                .map(project ->
                        new PaletteSource.Hit(
                                visit.text("web.palette.projects"),
                                project.title(),
                                project.name(),
                                "/projects/" + project.name()))
                .toList();
    }

    private static boolean fits(String text, String words) {
        var lower = text.toLowerCase(java.util.Locale.ROOT);
        for (var word : words.toLowerCase(java.util.Locale.ROOT).split("\\s+")) {
            if (!lower.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** Language and theme of this browser; the account's are set on the account page. */
    private void prefer(Visit visit) {
        visit.form("language")
                .filter(LANGUAGES::contains)
                .ifPresent(it -> Preferences.keep(visit.http(), Preferences.LANGUAGE, it));
        visit.form("theme")
                .filter(THEMES::contains)
                .ifPresent(it -> Preferences.keep(visit.http(), Preferences.THEME, it));
        site.accounts()
                .filter(accounts -> visit.caller().signedIn())
                .ifPresent(accounts -> accounts.prefer(visit));
        visit.redirect(Urls.local(visit.param("next"), "/"));
    }
}
