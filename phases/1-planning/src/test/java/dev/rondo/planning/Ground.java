package dev.rondo.planning;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Projects;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reactor;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.kits.machine.Scratch;
import dev.rondo.phase.Spine;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Blobs;
import dev.rondo.store.Database;
import dev.rondo.store.Secrets;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.Links;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Planning on a whole spine: a database, the journal, its reactions, a server. */
final class Ground implements AutoCloseable {

    static final String PASSWORD = "a sentence is better";
    private static final List<String> MIGRATIONS =
            List.of("dev/rondo/journal/db", "dev/rondo/access/db", "dev/rondo/planning/db");

    final Store store;
    final Journal journal;
    final Access access;
    final Site site;
    final PlanningPhase phase;
    final TicketStore tickets;
    final Moves moves;
    private final Reactor reactor;
    private Optional<Web> web = Optional.empty();

    Ground(Database database) {
        var folder = folder();
        store = Databases.open(database, MIGRATIONS);
        journal = new Journal(store);
        access = new Access(store, journal, new PasswordCost(8, 1));
        var texts = Texts.of("planning").strict();
        site = new Site(store, access, texts);
        Links links =
                (project, subject) -> Optional.of("/projects/" + project + "/x/" + subject.kind());
        phase = new PlanningPhase(spine(folder, texts, links));
        site.links(links).menu(phase.menu()).panels(phase.panels()).palette(phase.palette());
        tickets = new TicketStore(journal);
        moves = new Moves(tickets);
        reactor = new Reactor(store, journal);
        phase.start();
        reactor.start(phase.reactions());
        account("ada", true);
        account("grace", false);
        store.update(tx -> project(tx, "shop"));
    }

    static Ground onSqlite() {
        return new Ground(Databases.sqlite());
    }

    /** For looking at it: the port is the argument, and how many items more there are. */
    public static void main(String[] args) throws InterruptedException {
        var ground = new Ground(Databases.sqlite());
        Samples.fill(ground);
        Samples.crowd(ground, args.length > 1 ? Integer.parseInt(args[1]) : 0);
        System.out.println(ground.token("ada"));
        System.out.println(ground.serve(Integer.parseInt(args[0])));
        Thread.currentThread().join();
    }

    String serve(int port) {
        var started = new Web(site, phase::routes).start("127.0.0.1", port);
        web = Optional.of(started);
        return "http://127.0.0.1:" + started.port();
    }

    String token(String account) {
        return done(access.tokens().create(account, "test", Duration.ofDays(1))).secret();
    }

    Ticket create(String type, String title) {
        return done(
                store.write(tx ->
                        tickets.create(
                                tx,
                                "shop",
                                "ada",
                                Wish.titled(type, title),
                                TicketStore.Start.USUAL)));
    }

    Outcome<Ticket> move(long number, State to) {
        return store.write(tx -> moves.byHand(tx, "shop", number, to, "ada", "hand"));
    }

    Ticket ticket(long number) {
        return store.read(sql -> TicketReads.find(sql, "shop", number)).orElseThrow();
    }

    Event tell(Subject subject, Fact fact, Event... causes) {
        return store.write(
                tx -> journal.append(tx, new Draft("shop", subject, "rondo:test", fact), causes));
    }

    List<Event> history(long number) {
        return store.read(sql -> JournalReads.of(sql, "shop", Subject.of("ticket", number), 100));
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.Refused<T> refused -> throw new AssertionError(refused.toString());
        };
    }

    @Override
    public void close() {
        web.ifPresent(Web::stop);
        reactor.close();
        phase.stop();
        store.close();
    }

    private Spine spine(Path folder, Texts texts, Links links) {
        return new Spine(
                store,
                journal,
                new Blobs(folder.resolve("blobs")),
                Secrets.open(folder.resolve("secret.key")),
                access,
                new Repositories(
                        folder.resolve("repositories"), GitSettings.in(folder.resolve("git"))),
                Sandbox.open(folder, Sandbox.Mode.OFF),
                new ProcessTelemetry(),
                texts,
                site.live(),
                links,
                folder,
                URI.create("http://localhost"));
    }

    private void account(String name, boolean admin) {
        done(
                access.accounts()
                        .create("", new Accounts.NewAccount(name, name, "", PASSWORD, admin)));
    }

    private void project(dev.rondo.store.Tx tx, String name) {
        var ada = new Caller("ada", "Ada", true, "", "", Caller.Means.SESSION, "");
        done(
                access.projects()
                        .create(tx, ada, new Projects.NewProject(name, "The Shop", "", "main")));
    }

    private static Path folder() {
        try {
            var folder = Scratch.folder("planning");
            for (var name : List.of("blobs", "repositories", "git")) {
                Files.createDirectory(folder.resolve(name));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
