package dev.rondo.results;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.phase.Spine;
import dev.rondo.results.pages.DynamicTemplates;
import dev.rondo.results.pages.StaticTemplates;
import dev.rondo.results.pages.Templates;
import dev.rondo.results.view.StorageView;
import dev.rondo.store.Micros;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Reload;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Map;

/** The page that shows what a project's runs keep, and on which a cache is deleted. */
final class StoragePages {

    private static final String STORAGE = "/projects/{project}/building/storage";
    private static final int ROWS = 100;
    private static final long MEBIBYTE = 1 << 20;
    private static final long ANY = 999_999_999;

    private final Spine spine;
    private final Keeping keeping;
    private final CacheDesk caches;
    private final RunLogs logs;
    private final Templates templates;

    StoragePages(Spine spine, Keeping keeping, CacheDesk caches, RunLogs logs) {
        this.spine = spine;
        this.keeping = keeping;
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
        routes.post(STORAGE + "/retention", May.OWN, this::keep);
    }

    private void show(Visit visit) {
        var project = visit.project().name();
        var retention = keeping.of(project);
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
                                kept(visit, retention.artifacts())),
                        new StorageView.Row(
                                Long.toString(use.caches()),
                                size(visit, use.cacheBytes()),
                                visit.text(
                                        "results.storage.unused",
                                        retention.caches().time().toDays(),
                                        size(visit, retention.caches().bytes()))),
                        new StorageView.Row(
                                "",
                                size(visit, logs.bytes(project)),
                                kept(visit, retention.logs())),
                        (double) use.cacheBytes() / retention.caches().bytes(),
                        entries.stream().map(entry -> view(visit, entry)).toList(),
                        visit.may(May.OWN) ? fields(visit, project) : List.of());
        visit.page(
                Page.titled(visit.text("results.storage")).menu("results.menu.storage"),
                templates.storage(visit, view));
    }

    /** What an owner may say: empty fields stand for all that the installation allows. */
    private List<StorageView.Wish> fields(Visit visit, String project) {
        var wish = spine.store().read(sql -> Keeping.wish(sql, project));
        var most = keeping.most();
        return List.of(
                days(visit, "artifacts", wish.artifacts(), most.artifacts()),
                size(visit, "artifactSize", wish.artifacts(), most.artifacts()),
                days(visit, "logs", wish.logs(), most.logs()),
                size(visit, "logSize", wish.logs(), most.logs()),
                days(visit, "caches", wish.caches(), most.caches()),
                size(visit, "cacheSize", wish.caches(), most.caches()));
    }

    private static StorageView.Wish days(
            Visit visit, String name, Keeping.Part wish, Retention.Most most) {
        return field(visit, name, wish.days(), most.time().toDays());
    }

    private static StorageView.Wish size(
            Visit visit, String name, Keeping.Part wish, Retention.Most most) {
        return field(visit, name, wish.bytes() / MEBIBYTE, mebibytes(most));
    }

    private static StorageView.Wish field(Visit visit, String name, long wish, long most) {
        String key = "results.retention." + name;
        String label = most == ANY ? visit.text(key + ".any") : visit.text(key, most);
        return new StorageView.Wish(name, label, wish == 0 ? "" : Long.toString(wish), most);
    }

    /** So many at most that the number can be read; more is no limit. */
    private static long mebibytes(Retention.Most most) {
        return Math.min(ANY, most.bytes() / MEBIBYTE);
    }

    private void keep(Visit visit) {
        var most = keeping.most();
        var wish =
                new Keeping.Wish(
                        part(visit, "artifacts", "artifactSize", most.artifacts()),
                        part(visit, "caches", "cacheSize", most.caches()),
                        part(visit, "logs", "logSize", most.logs()));
        var project = visit.project().name();
        var by = visit.caller().account();
        spine.store()
                .update(tx -> {
                    Keeping.put(tx, project, wish);
                    spine.journal()
                            .append(
                                    tx,
                                    new Draft(
                                            project,
                                            Subject.of("account", by),
                                            by,
                                            new Fact.AuditRecorded(
                                                    "retention.changed",
                                                    project,
                                                    Map.of("kept", wish.toString()))));
                });
        visit.notice("results.retention.saved");
        visit.redirect("/projects/" + project + "/building/storage");
    }

    private static Keeping.Part part(Visit visit, String days, String size, Retention.Most most) {
        return new Keeping.Part(
                wished(visit, days, most.time().toDays()),
                wished(visit, size, mebibytes(most)) * MEBIBYTE);
    }

    /** 0 where nothing is said. */
    private static long wished(Visit visit, String name, long most) {
        var written = visit.form(name).map(String::strip).orElse("");
        if (written.isEmpty()) {
            return 0;
        }
        long number = written.matches("[0-9]{1,9}") ? Long.parseLong(written) : 0;
        if (number < 1 || number > most) {
            throw Refusal.of("results.retention.range", most).at(name).asException();
        }
        return number;
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

    private static String kept(Visit visit, Retention.Most most) {
        return most.bytes() == Retention.ANY_SIZE
                ? visit.text("results.storage.days", most.time().toDays())
                : visit.text(
                        "results.storage.days.size",
                        most.time().toDays(),
                        size(visit, most.bytes()));
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
