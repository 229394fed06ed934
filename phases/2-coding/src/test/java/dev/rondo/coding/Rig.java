package dev.rondo.coding;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts.NewAccount;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Project;
import dev.rondo.access.Projects.NewProject;
import dev.rondo.access.Role;
import dev.rondo.access.Tokens;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Reactor;
import dev.rondo.kits.Databases;
import dev.rondo.kits.machine.Shell;
import dev.rondo.phase.Spine;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Coding on a real database, a real web server and real git, with one project "shop". */
final class Rig implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";

    final Store store;
    final Journal journal;
    final Access access;
    final Repositories repositories;
    final CodingPhase phase;
    final Web web;
    final Reactor reactor;
    final Project shop;
    final Shell client;
    private final String olga;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    Rig(Database database, Path temp) {
        store =
                Databases.open(
                        database,
                        List.of(
                                "dev/rondo/journal/db",
                                "dev/rondo/access/db",
                                "dev/rondo/coding/db"));
        journal = new Journal(store);
        access = new Access(store, journal, new PasswordCost(8, 1));
        repositories =
                new Repositories(
                        temp.resolve("repositories"),
                        GitSettings.in(temp.resolve("home")).withMaxPushBytes(2 << 20));
        var texts = Texts.of("coding").strict();
        var site = new Site(store, access, texts);
        phase =
                new CodingPhase(
                        new Spine(
                                store,
                                journal,
                                null,
                                null,
                                access,
                                repositories,
                                null,
                                null,
                                texts,
                                site.live(),
                                (project, subject) -> Optional.empty(),
                                temp,
                                URI.create("http://rondo.example")));
        site.menu(phase.menu()).panels(phase.panels()).palette(phase.palette());
        site.links((project, subject) ->
                subject.kind().equals("ticket")
                        ? Optional.of("/projects/" + project + "/tickets/" + subject.id())
                        : phase.link(project, subject));
        web = new Web(site, phase::routes).start("127.0.0.1", 0);
        reactor = new Reactor(store, journal);
        reactor.start(phase.reactions());
        account("olga", false);
        shop = project("shop");
        client = new Shell(temp.resolve("client"));
        olga = token("olga").secret();
    }

    void account(String name, boolean admin) {
        access.accounts().create("test", new NewAccount(name, name, "", PASSWORD, admin));
    }

    void member(String name, Role role) {
        account(name, false);
        access.projects().setRole("olga", "shop", name, role);
    }

    private Project project(String name) {
        var made =
                new NewProjects(
                                store,
                                journal,
                                access.projects(),
                                new ProjectRepositories(repositories))
                        .create(caller("olga"), new NewProject(name, "", "", "main"));
        return ((Outcome.Done<Project>) made).value();
    }

    static Caller caller(String name) {
        return new Caller(name, name, false, "", "", Caller.Means.PASSWORD, "");
    }

    Tokens.Fresh token(String account) {
        var made = access.tokens().create(account, "test", Duration.ofDays(1));
        return ((Outcome.Done<Tokens.Fresh>) made).value();
    }

    String url(String name, String secret) {
        return "http://" + name + ":" + secret + "@127.0.0.1:" + web.port() + "/shop.git";
    }

    Shell cloned(String account) {
        client.git("clone", "--quiet", url(account, token(account).secret()), "work-" + account);
        return client.in("work-" + account);
    }

    List<Event> events(Kind kind) {
        return store.read(sql -> JournalReads.ofKind(sql, "shop", kind, 0, 1000));
    }

    List<Fact.ChangePushed> pushes() {
        return events(Kind.CHANGE_PUSHED).stream()
                .map(event -> (Fact.ChangePushed) event.fact())
                .toList();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                        .header("Authorization", "Bearer " + olga);
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        web.stop();
        phase.stop();
        reactor.close();
        repositories.close();
        store.close();
    }
}
