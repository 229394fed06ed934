package dev.rondo.releasing;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts.NewAccount;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Projects;
import dev.rondo.access.Role;
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
import dev.rondo.journal.Wording;
import dev.rondo.kits.Databases;
import dev.rondo.phase.Spine;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import dev.rondo.web.Json;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Releasing on a real database, a real web server and real git, with one project "shop". */
final class Rig implements AutoCloseable {

    static final String DELIVERY =
            """
            service: shop
            artifact: shop
            environments:
              production:
                approvals: 1
                approvers: [owner, writer]
            """;

    final Store store;
    final Journal journal;
    final Access access;
    final Repositories repositories;
    final Spine spine;
    final ReleasingPhase phase;
    final Web web;
    final Reactor reactor;
    final Path work;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private int runs;

    Rig(Database database, Path temp) {
        store =
                Databases.open(
                        database,
                        List.of(
                                "dev/rondo/journal/db",
                                "dev/rondo/access/db",
                                "dev/rondo/releasing/db"));
        journal = new Journal(store);
        access = new Access(store, journal, new PasswordCost(8, 1));
        repositories =
                new Repositories(
                        temp.resolve("repositories"), GitSettings.in(temp.resolve("home")));
        var texts = Texts.of("releasing").strict();
        var site = new Site(store, access, texts);
        spine =
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
                        URI.create("http://rondo.example"));
        phase = new ReleasingPhase(spine);
        site.menu(phase.menu()).panels(phase.panels()).links(this::link);
        web = new Web(site, phase::routes).start("127.0.0.1", 0);
        reactor = new Reactor(store, journal);
        reactor.start(phase.reactions());
        account("olga");
        project("shop");
        work = temp.resolve("work");
        var bare = repositories.create("shop", "main").folder();
        git(temp, "clone", "--quiet", bare.toString(), "work");
        git(work, "checkout", "--quiet", "-B", "main");
        phase.start();
    }

    private Optional<String> link(String project, Subject subject) {
        return switch (subject.kind()) {
            case "ticket" -> Optional.of("/projects/" + project + "/tickets/" + subject.id());
            case "change" -> Optional.of("/projects/" + project + "/commits/" + subject.id());
            default -> phase.link(project, subject);
        };
    }

    void account(String name) {
        access.accounts()
                .create(
                        "test",
                        new NewAccount(
                                name, name, name + "@x.org", "correct horse battery", false));
    }

    void member(String name, Role role) {
        account(name);
        access.projects().setRole("olga", "shop", name, role);
    }

    private void project(String name) {
        store.update(tx -> {
            var made =
                    access.projects()
                            .create(
                                    tx,
                                    caller("olga"),
                                    new Projects.NewProject(name, "", "", "main"));
            if (made instanceof Outcome.Refused<Projects.Created> refused) {
                throw new IllegalStateException(refused.key());
            }
        });
    }

    static Caller caller(String name) {
        return new Caller(name, name, false, "", "", Caller.Means.TOKEN, "");
    }

    /** Commits, pushes, and lets the gate pass with one artifact. */
    String pass(String message) {
        var commit = commit(message);
        passed(commit);
        return commit;
    }

    String pass(String message, String delivery) {
        var commit = commit(message, delivery);
        passed(commit);
        return commit;
    }

    String commit(String message) {
        return commit(message, DELIVERY);
    }

    private String commit(String message, String delivery) {
        write(".rondo/delivery.yml", delivery);
        write("count", message + runs);
        git(work, "add", "-A");
        git(
                work,
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@x.org",
                "commit",
                "-q",
                "-m",
                message);
        git(work, "push", "-q", "origin", "main");
        return git(work, "rev-parse", "HEAD");
    }

    void write(String file, String text) {
        try {
            var path = work.resolve(file);
            java.nio.file.Files.createDirectories(path.getParent());
            java.nio.file.Files.writeString(path, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Event passed(String commit) {
        var run = "run-" + ++runs;
        append(
                Subject.of("artifact", "sha256:" + runs),
                new Fact.ArtifactPackaged(
                        run, "build", "shop", "sha256:00000000000" + runs, 7, commit));
        append(
                Subject.of("artifact", "sha256:r" + runs),
                new Fact.ArtifactPackaged(
                        run, "test", "test-reports", "sha256:r" + runs, 7, commit));
        return append(
                Subject.of("gate", run),
                new Fact.GateDecided(run, commit, "refs/heads/main", true, "passed", List.of()));
    }

    Event append(Subject subject, Fact fact) {
        return store.write(tx -> journal.append(tx, new Draft("shop", subject, "test", fact)));
    }

    Event append(Subject subject, Fact fact, Wording wording) {
        var draft = new Draft("shop", subject, "test", fact).saying(Optional.of(wording));
        return store.write(tx -> journal.append(tx, draft));
    }

    Release awaitDraft(String version) {
        return awaitState(version, ReleaseState.DRAFT);
    }

    Release awaitState(String version, ReleaseState state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> store.read(sql -> ReleaseStore.find(sql, "shop", version)),
                        found -> found.isPresent() && found.get().state() == state)
                .orElseThrow();
    }

    Why awaitWhyNone(String commit) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> store.read(sql -> GateStore.last(sql, "shop")),
                        gate ->
                                gate.isPresent()
                                        && gate.get().commit().equals(commit)
                                        && !gate.get().waiting()
                                        && gate.get().why().isPresent())
                .flatMap(GateStore.Gate::why)
                .orElseThrow();
    }

    List<Event> events(Kind kind) {
        return store.read(sql -> JournalReads.ofKind(sql, "shop", kind, 0, 1000));
    }

    /** A request with a token of the account; a body makes it a POST. */
    HttpResponse<String> call(String account, String path, Map<String, String> body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                        .header("Authorization", "Bearer " + token(account))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
        return send(request);
    }

    HttpResponse<String> get(String account, String path, String language) {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                        .header("Authorization", "Bearer " + token(account))
                        .header("Accept-Language", language));
    }

    HttpResponse<String> send(String account, String method, String path, String body) {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                        .header("Authorization", "Bearer " + token(account))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token(String account) {
        var made = access.tokens().create(account, "test", Duration.ofDays(1));
        return ((Outcome.Done<Tokens.Fresh>) made).value().secret();
    }

    static String git(Path folder, String... words) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            var out = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + out);
            }
            return out;
        } catch (IOException e) {
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
