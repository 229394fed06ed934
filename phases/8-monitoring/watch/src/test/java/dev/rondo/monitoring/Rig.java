package dev.rondo.monitoring;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts.NewAccount;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Projects.NewProject;
import dev.rondo.access.Tokens;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Reactor;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.phase.Spine;
import dev.rondo.store.Database;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.telemetry.Labels;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Monitoring on a real database, a real web server and real telemetry, with a project "shop". */
final class Rig implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";
    static final Subject SERVICE = Subject.of("service", "shop/production");
    static final Subject ROLLOUT = Subject.of("rollout", "r1");

    final Store store;
    final Journal journal;
    final Access access;
    final Repositories repositories;
    final ProcessTelemetry telemetry = new ProcessTelemetry();
    final MonitoringPhase phase;
    final Web web;
    final Texts texts;
    private final Reactor reactor;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    Rig(Database database, Path folder) {
        store =
                Databases.open(
                        database,
                        List.of(
                                "dev/rondo/journal/db",
                                "dev/rondo/access/db",
                                "dev/rondo/monitoring/db"));
        journal = new Journal(store);
        access = new Access(store, journal, new PasswordCost(8, 1));
        repositories =
                new Repositories(
                        folder.resolve("repositories"), GitSettings.in(folder.resolve("home")));
        texts = Texts.of("monitoring").strict();
        var site = new Site(store, access, texts).telemetry(telemetry);
        phase =
                new MonitoringPhase(
                        new Spine(
                                store,
                                journal,
                                null,
                                null,
                                access,
                                repositories,
                                null,
                                telemetry,
                                texts,
                                site.live(),
                                (project, subject) -> Optional.empty(),
                                folder,
                                URI.create("http://rondo.example")));
        site.menu(phase.menu()).panels(phase.panels()).palette(phase.palette());
        site.links(phase::link);
        web =
                new Web(
                        site,
                        routes -> {
                            phase.routes(routes);
                            TestPages.register(routes);
                        });
        web.start("127.0.0.1", 0);
        phase.start();
        reactor = new Reactor(store, journal);
        reactor.start(phase.reactions());
        access.accounts().create("test", new NewAccount("olga", "Olga", "", PASSWORD, true));
        var made = access.tokens().create("olga", "test", Duration.ofDays(1));
        token = ((Outcome.Done<Tokens.Fresh>) made).value().secret();
        project("shop");
    }

    void project(String name) {
        store.update(tx -> {
            var ignored =
                    access.projects().create(tx, caller(), new NewProject(name, "", "", "main"));
        });
    }

    static Caller caller() {
        return new Caller("olga", "Olga", true, "", "", Caller.Means.PASSWORD, "");
    }

    Event tell(Subject subject, Fact fact, Event... causes) {
        return store.write(
                tx -> journal.append(tx, new Draft("shop", subject, "test", fact), causes));
    }

    Event deployed(String version) {
        return deployed("shop", version);
    }

    Event deployed(String project, String version) {
        var fact =
                new Fact.ServiceDeployed(
                        "shop", "production", version, "", "c0ffee", "r0", List.of());
        return store.write(tx -> journal.append(tx, new Draft(project, SERVICE, "test", fact)));
    }

    Event askForJudgement(String stable, String candidate, Fact.JudgementRules rules) {
        return tell(
                ROLLOUT,
                new Fact.JudgementRequested(
                        "r1", 1, "shop", "production", stable, candidate, Micros.now(), rules));
    }

    /** As the router counts it. */
    void answered(String version, String route, String code, double seconds) {
        answered("shop", version, route, code, seconds);
    }

    void answered(String project, String version, String route, String code, double seconds) {
        telemetry
                .counter(
                        Figures.REQUESTS,
                        Labels.of(
                                "project", project,
                                "service", "shop",
                                "environment", "production",
                                "version", version,
                                "route", route,
                                "code", code))
                .increment();
        telemetry
                .histogram(
                        "rondo_router_request_seconds",
                        Labels.of(
                                "project",
                                project,
                                "service",
                                "shop",
                                "environment",
                                "production",
                                "version",
                                version))
                .observe(seconds);
    }

    void instance(String version, String instance, boolean up) {
        var labels =
                Labels.of(
                        "project",
                        "shop",
                        "service",
                        "shop",
                        "environment",
                        "production",
                        "version",
                        version,
                        "instance",
                        instance);
        telemetry.gauge(Figures.UP, labels).set(up ? 1 : 0);
        telemetry.gauge(Figures.MEMORY, labels).set(64 << 20);
        telemetry.counter(Figures.CPU, labels).add(0.1);
    }

    List<Event> events(Kind kind) {
        return store.read(sql -> JournalReads.ofKind(sql, "shop", kind, 0, 1000));
    }

    HttpResponse<String> get(String path, String... headers) {
        var request = request(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    HttpResponse<String> post(String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        web.stop();
        reactor.close();
        phase.stop();
        repositories.close();
        store.close();
    }
}
