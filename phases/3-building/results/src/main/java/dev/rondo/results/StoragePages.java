package dev.rondo.results;

import dev.rondo.phase.Spine;
import dev.rondo.results.pages.DynamicTemplates;
import dev.rondo.results.pages.StaticTemplates;
import dev.rondo.results.pages.Templates;
import dev.rondo.results.view.StorageView;
import dev.rondo.store.Micros;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Page;
import dev.rondo.web.Reload;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.Duration;
import java.util.List;

/** The page that shows what a project's runs keep, and on which a cache is deleted. */
final class StoragePages {

    private static final String STORAGE = "/projects/{project}/building/storage";
    private static final int ROWS = 100;

    private final Spine spine;
    private final Retention retention;
    private final CacheDesk caches;
    private final RunLogs logs;
    private final Templates templates;

    StoragePages(Spine spine, Retention retention, CacheDesk caches, RunLogs logs) {
        this.spine = spine;
        this.retention = retention;
        this.caches = caches;
        this.logs = logs;
        this.templates =
                Reload.templates(
                        "phases/3-building/results", StaticTemplates::new, DynamicTemplates::new);
    }

    List<MenuEntry> menu() {
        return List.of(new MenuEntry("building", 3, "results.menu.storage", STORAGE, 60, May.READ));
    }

    void register(Routes routes) {
        routes.get(STORAGE, May.READ, this::show);
        routes.post(STORAGE + "/caches/{cache}/removal", May.WRITE, this::remove);
    }

    private void show(Visit visit) {
        var project = visit.project().name();
        var use = spine.store().read(sql -> Use.of(sql, project));
        var sorting = new CacheStore.Sorting(CacheStore.Order.LAST_ACCESSED_AT, true);
        var entries =
                spine.store()
                        .read(sql ->
                                CacheStore.page(
                                        sql,
                                        new CacheStore.Filter(project, "", ""),
                                        sorting,
                                        0,
                                        ROWS));
        var view =
                new StorageView(
                        new StorageView.Row(
                                Long.toString(use.artifacts()),
                                size(visit, use.artifactBytes()),
                                days(visit, retention.artifacts())),
                        new StorageView.Row(
                                Long.toString(use.caches()),
                                size(visit, use.cacheBytes()),
                                visit.text(
                                        "results.storage.unused",
                                        retention.cacheUnused().toDays(),
                                        size(visit, retention.cacheBytes()))),
                        new StorageView.Row(
                                "",
                                size(visit, logs.bytes(project)),
                                days(visit, retention.logs())),
                        (double) use.cacheBytes() / retention.cacheBytes(),
                        entries.stream().map(entry -> view(visit, entry)).toList());
        visit.page(
                Page.titled(visit.text("results.storage")).menu("results.menu.storage"),
                templates.storage(visit, view));
    }

    private static StorageView.Entry view(Visit visit, CacheEntry entry) {
        return new StorageView.Entry(
                entry.number(),
                entry.key(),
                entry.ref().replaceFirst("^refs/(heads|tags)/", ""),
                size(visit, entry.size()),
                Micros.toInstant(entry.createdAt()),
                Micros.toInstant(entry.usedAt()));
    }

    private static String days(Visit visit, Duration time) {
        return visit.text("results.storage.days", time.toDays());
    }

    /** In the largest unit that leaves a number of at least one. */
    static String size(Visit visit, long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= 1024 && unit < 4) {
            number /= 1024;
            unit++;
        }
        var text =
                unit == 0
                        ? Long.toString(bytes)
                        : String.format(visit.locale(), number < 10 ? "%.1f" : "%.0f", number);
        return text + " " + List.of("B", "KiB", "MiB", "GiB", "TiB").get(unit);
    }

    private void remove(Visit visit) {
        long number = visit.number("cache");
        var entry =
                spine.store()
                        .read(sql -> CacheStore.find(sql, visit.project().name(), number))
                        .orElseThrow(visit::missing);
        caches.delete(entry);
        visit.notice("results.cache.removed", entry.key());
        visit.redirect("/projects/" + visit.project().name() + "/building/storage");
    }
}
