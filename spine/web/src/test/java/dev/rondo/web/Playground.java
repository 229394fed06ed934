package dev.rondo.web;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Projects;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.kits.machine.Scratch;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import gg.jte.Content;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A whole server with a project, two accounts and pages that show every part. */
final class Playground implements AutoCloseable {

    static final String PASSWORD = "a sentence is better";

    final Store store;
    final Access access;
    final Site site;
    final Web web;

    /** As the program says it of itself. */
    volatile boolean ready = true;

    private Playground(Path folder, int port) {
        store =
                Databases.open(
                        new Database.Sqlite(folder.resolve("rondo.db")),
                        List.of("dev/rondo/journal/db", "dev/rondo/access/db"));
        var journal = new Journal(store);
        access = new Access(store, journal, new PasswordCost(8, 1));
        account("ada", "Ada Lovelace", true);
        account("grace", "Grace Hopper", false);
        project("shop", "The Shop");
        project("hello", "Hello");
        site =
                new Site(store, access, Texts.of().strict())
                        .telemetry(new ProcessTelemetry())
                        .ready(() -> ready)
                        .links(Playground::link)
                        .menu(menu())
                        .panels(panels());
        web = new Web(site, this::routes).start("127.0.0.1", port);
    }

    static Playground start() {
        return new Playground(Scratch.folder("web"), 0);
    }

    /** For looking at it: the port is the argument. */
    public static void main(String[] args) throws InterruptedException {
        var playground = new Playground(Scratch.folder("web"), Integer.parseInt(args[0]));
        System.out.println("http://127.0.0.1:" + playground.web.port());
        Thread.currentThread().join();
    }

    String url() {
        return "http://127.0.0.1:" + web.port();
    }

    String token(String account) {
        return switch (access.tokens().create(account, "test", java.time.Duration.ofDays(1))) {
            case Outcome.Done<dev.rondo.access.Tokens.Fresh> done -> done.value().secret();
            case Outcome.Refused<dev.rondo.access.Tokens.Fresh> refused ->
                    throw new IllegalStateException(refused.key());
        };
    }

    @Override
    public void close() {
        web.stop();
        store.close();
    }

    private void account(String name, String title, boolean admin) {
        access.accounts()
                .create("", new Accounts.NewAccount(name, title, name + "@x.org", PASSWORD, admin));
    }

    private void project(String name, String title) {
        var ada = new Caller("ada", "Ada", true, "", "", Caller.Means.SESSION, "");
        store.update(tx -> {
            var made =
                    access.projects()
                            .create(tx, ada, new Projects.NewProject(name, title, "", "main"));
            if (made instanceof Outcome.Refused<Projects.Created> refused) {
                throw new IllegalStateException(refused.key());
            }
        });
    }

    private static Optional<String> link(String project, Subject subject) {
        return subject.kind().equals("ticket")
                ? Optional.of("/projects/" + project + "/tickets/" + subject.id())
                : Optional.empty();
    }

    private static List<MenuEntry> menu() {
        var entries = new ArrayList<MenuEntry>();
        entries.add(new MenuEntry("loop", 0, "web.home", "/projects/{project}", 0, May.READ));
        for (int place = 1; place <= 8; place++) {
            var path = "/projects/{project}/phase/" + place;
            entries.add(new MenuEntry("p" + place, place, "web.phase." + place, path, 1, May.READ));
            entries.add(new MenuEntry("p" + place, place, "web.search", path + "?x", 2, May.READ));
        }
        return entries;
    }

    private static List<Panel> panels() {
        return List.of(
                Panel.on("ticket", 2, "web.search", May.READ, (v, s) -> Parts.text("fine")),
                Panel.on(
                        "ticket",
                        1,
                        "web.more",
                        May.READ,
                        (v, s) -> {
                            throw new IllegalStateException("a panel's own mistake");
                        }),
                Panel.on("ticket", 3, "web.none", May.READ, (v, s) -> Parts.NOTHING));
    }

    private void routes(Routes routes) {
        routes.get("/", May.SIGNED_IN, visit -> visit.page("Home", emptyState(visit)));
        routes.get("/projects/{project}", May.READ, this::samples);
        routes.get("/projects/{project}/phase/{place}", May.READ, this::phase);
        routes.get(
                "/projects/{project}/tickets/{number}",
                May.READ,
                visit -> {
                    var subject = Subject.of("ticket", visit.number("number"));
                    visit.page("Ticket", Parts.panels(visit, subject));
                });
        routes.post(
                "/projects/{project}/notes",
                May.WRITE,
                visit -> {
                    if (visit.param("text").isBlank()) {
                        visit.refuse(Refusal.of("web.number.invalid", "").at("text"));
                        return;
                    }
                    site.live().publish(visit.project().name(), "noted", visit.param("text"));
                    visit.notice("web.copied");
                    visit.redirect("/projects/" + visit.project().name());
                });
        routes.get(
                "/projects/{project}/broken",
                May.READ,
                visit -> {
                    throw new IllegalStateException("broken on purpose");
                });
        routes.get(
                "/api/projects/{project}/thing",
                May.READ,
                visit -> visit.json(Map.of("project", visit.project().name())));
        routes.get("/api/broken", May.ANYONE, visit -> throwing());
        routes.post("/hook", May.ANYONE, visit -> visit.json(Map.of("ok", true))).fromOtherSites();
        routes.post(
                        "/small",
                        May.ANYONE,
                        visit -> visit.json(Map.of("read", visit.http().body().length())))
                .bodyUpTo(10);
        routes.get("/projects/{project}/figures", May.READ, Playground::figures);
        routes.get("/{project}.git/info/refs", May.READ, visit -> visit.http().result("refs"))
                .asksForPassword();
    }

    private static void throwing() {
        throw new IllegalStateException("broken on purpose");
    }

    private static Content emptyState(Visit visit) {
        return Parts.empty(
                visit,
                "web.projects.choose",
                "web.signin.lead",
                Parts.button(visit.text("web.projects.all"), "/projects/shop", "primary"));
    }

    private void phase(Visit visit) {
        visit.page(
                Page.titled(visit.text("web.phase." + visit.param("place")))
                        .trail(visit.project().title(), "/projects/shop")
                        .menu("web.phase." + visit.param("place")),
                emptyState(visit));
    }

    private static void figures(Visit visit) {
        long now = Instant.now().getEpochSecond();
        visit.json(
                Map.of(
                        "unit",
                        "per-second",
                        "times",
                        IntStream.range(0, 60).mapToObj(i -> now - 600 + i * 10L).toList(),
                        "series",
                        List.of(
                                Map.of(
                                        "title",
                                        "1.0.0",
                                        "tone",
                                        "good",
                                        "values",
                                        IntStream.range(0, 60)
                                                .mapToObj(i -> 20 + 5 * Math.sin(i / 5.0))
                                                .toList()),
                                Map.of(
                                        "title",
                                        "1.1.0",
                                        "tone",
                                        "bad",
                                        "values",
                                        IntStream.range(0, 60)
                                                .mapToObj(i -> i < 30 ? 0.0 : i / 6.0)
                                                .toList())),
                        "markers",
                        List.of(Map.of("at", now - 300, "title", "1.1.0"))));
    }

    private void samples(Visit visit) {
        var content = SamplePage.of(visit);
        visit.page(
                Page.titled("Sample")
                        .trail(visit.project().title(), "/projects/shop")
                        .actions(Parts.button("New item", "#", "primary"))
                        .menu("web.home"),
                Parts.live(visit, content));
    }
}
