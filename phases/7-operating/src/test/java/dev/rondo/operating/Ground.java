package dev.rondo.operating;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Projects;
import dev.rondo.access.Role;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reactor;
import dev.rondo.journal.Subject;
import dev.rondo.journal.Wording;
import dev.rondo.kits.Databases;
import dev.rondo.kits.machine.Scratch;
import dev.rondo.phase.Spine;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Blobs;
import dev.rondo.store.Database;
import dev.rondo.store.Secrets;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.May;
import dev.rondo.web.Outgoing;
import dev.rondo.web.Panel;
import dev.rondo.web.Parts;
import dev.rondo.web.Reach;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The phase on a whole spine: real store, journal, reactions, server; the project is shop. */
final class Ground implements AutoCloseable {

    static final String PROJECT = "shop";
    private static final List<String> MIGRATIONS =
            List.of("dev/rondo/journal/db", "dev/rondo/access/db", "dev/rondo/operating/db");

    final Store store;
    final Journal journal;
    final Access access;
    final Spine spine;
    final OperatingPhase phase;
    final Web web;
    private final Reactor reactor;
    private final HttpClient http = HttpClient.newHttpClient();

    Ground(Database database) {
        this(database, "127.0.0.1", Optional.empty());
    }

    /**
     * @param reach which addresses beyond the public internet a webhook may call
     */
    Ground(Database database, String reach, Optional<ChannelSettings.Mail> fixedMail) {
        var folder = folder();
        store = Databases.open(database, MIGRATIONS);
        journal = new Journal(store);
        access = new Access(store, journal, new PasswordCost(8, 1));
        account("ada", "Ada Lovelace", true);
        account("grace", "Grace Hopper", false);
        account("linus", "Linus", false);
        project();
        var texts = Texts.of("operating").strict();
        var site = new Site(store, access, texts).telemetry(new ProcessTelemetry());
        spine =
                new Spine(
                        store,
                        journal,
                        new Blobs(folder.resolve("blobs")),
                        Secrets.open(folder.resolve("key.json")),
                        access,
                        new Repositories(folder.resolve("git"), GitSettings.in(folder)),
                        Sandbox.open(folder, Sandbox.Mode.OFF),
                        new ProcessTelemetry(),
                        texts,
                        site.live(),
                        Ground::elsewhere,
                        folder,
                        URI.create("https://rondo.example"));
        phase =
                new OperatingPhase(
                        spine,
                        new Outside(new Outgoing(Reach.allowing(reach)), fixedMail),
                        List.of(Duration.ofMillis(50), Duration.ofMillis(50)));
        site.links(this::link).menu(phase.menu()).panels(panels());
        web = new Web(site, phase::routes).start("127.0.0.1", 0);
        reactor = new Reactor(store, journal);
        reactor.start(phase.reactions());
        phase.start();
    }

    private List<Panel> panels() {
        var panels = new ArrayList<>(phase.panels());
        panels.add(
                Panel.on(
                        "service",
                        1,
                        "operating.facts",
                        May.READ,
                        (visit, subject) -> Parts.text("panel of " + subject.id())));
        return panels;
    }

    private Optional<String> link(String project, Subject subject) {
        return phase.link(project, subject).or(() -> elsewhere(project, subject));
    }

    private static Optional<String> elsewhere(String project, Subject subject) {
        return subject.kind().equals("ticket")
                ? Optional.of("/projects/" + project + "/planning/items/" + subject.id())
                : Optional.empty();
    }

    private static Path folder() {
        return Scratch.folder("operating");
    }

    private void account(String name, String title, boolean admin) {
        var wanted =
                new Accounts.NewAccount(
                        name, title, name + "@example.org", "a sentence is better", admin);
        require(access.accounts().create("", wanted));
    }

    private void project() {
        var ada = new Caller("ada", "Ada", true, "", "", Caller.Means.SESSION, "");
        store.update(tx ->
                require(
                        access.projects()
                                .create(
                                        tx,
                                        ada,
                                        new Projects.NewProject(PROJECT, "The Shop", "", "main"))));
        require(access.projects().setRole("ada", PROJECT, "grace", Role.WRITER));
        require(access.projects().setRole("ada", PROJECT, "linus", Role.READER));
    }

    private static <T> T require(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.Refused<T> refused -> throw new IllegalStateException(refused.key());
        };
    }

    // ---- The journal --------------------------------------------------------------------------

    Event say(Subject subject, Fact fact, Event... causes) {
        return store.write(
                tx -> journal.append(tx, new Draft(PROJECT, subject, "rondo:test", fact), causes));
    }

    Event say(Subject subject, Fact fact, Optional<Wording> wording) {
        var draft = new Draft(PROJECT, subject, "rondo:test", fact).saying(wording);
        return store.write(tx -> journal.append(tx, draft, List.of()));
    }

    Event rolledBack(String version, double badRatio, Event... causes) {
        var stable = new Fact.TrafficSample("1.0.0", 900, 0, 0.01, 0.02, 0.03);
        long errors = Math.round(200 * badRatio);
        var candidate = new Fact.TrafficSample(version, 200, errors, 0.01, 0.05, 0.09);
        return say(
                service(),
                new Fact.ServiceRolledBack(
                        "shop",
                        "production",
                        version,
                        "1.0.0",
                        "c0ffee00c0ffee00",
                        "rollout-" + version,
                        "the error ratio is too high",
                        "GET /api/cart",
                        badRatio,
                        stable,
                        candidate),
                causes);
    }

    Event deployed(String version, Event... causes) {
        return say(
                service(),
                new Fact.ServiceDeployed(
                        "shop",
                        "production",
                        version,
                        "1.0.0",
                        "beef0000",
                        "rollout-" + version,
                        List.of(7L)),
                causes);
    }

    Event alert(String rule, String version, double value) {
        return say(
                Subject.of("alert", rule + "@shop/production"),
                new Fact.AlertFired(
                        rule, "shop", "production", version, "too many errors", value, 0.05));
    }

    static Subject service() {
        return Subject.of("service", "shop/production");
    }

    Incident incident(long number, Predicate<Incident> until) {
        return Awaitility.await()
                .until(
                        () ->
                                store.read(sql -> IncidentStore.find(sql, PROJECT, number))
                                        .filter(until),
                        Optional::isPresent)
                .orElseThrow();
    }

    Incident incident(long number) {
        return incident(number, any -> true);
    }

    List<Event> events(long number) {
        return store.read(
                sql -> JournalReads.of(sql, PROJECT, Subject.of("incident", number), 100));
    }

    /** Waits until everything that was said so far has been heard. */
    void heard() {
        long head = store.read(JournalReads::head);
        Awaitility.await().until(() -> reactor.lags().stream().allMatch(lag -> lag.seq() >= head));
    }

    // ---- The pages ----------------------------------------------------------------------------

    String get(String account, String path) {
        return send(account, path, "GET", "", "text/html").body();
    }

    HttpResponse<String> post(String account, String path, String form) {
        return send(account, path, "POST", form, "text/html");
    }

    HttpResponse<String> json(String account, String method, String path, String body) {
        return send(account, path, method, body, "application/json");
    }

    HttpResponse<String> send(
            String account, String path, String method, String form, String accept) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                        .header("Authorization", "Bearer " + token(account))
                        .header("Accept", accept)
                        .header(
                                "Content-Type",
                                form.startsWith("{")
                                        ? "application/json"
                                        : "application/x-www-form-urlencoded")
                        .method(method, HttpRequest.BodyPublishers.ofString(form))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token(String account) {
        return require(access.tokens().create(account, "test", Duration.ofDays(1))).secret();
    }

    @Override
    public void close() {
        web.stop();
        phase.stop();
        reactor.close();
        spine.sandbox().close();
        http.shutdownNow();
        store.close();
    }
}
