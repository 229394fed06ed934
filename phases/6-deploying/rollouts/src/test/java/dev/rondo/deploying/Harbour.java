package dev.rondo.deploying;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts.NewAccount;
import dev.rondo.access.Caller;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Projects.NewProject;
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
import dev.rondo.kits.machine.Scratch;
import dev.rondo.phase.Spine;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Blobs;
import dev.rondo.store.Database;
import dev.rondo.store.Secrets;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * The deploying phase on a real spine: real database, sandbox, git, web server and router. Its
 * releases are a small Node program that can be told to be ill.
 */
final class Harbour implements AutoCloseable {

    static {
        System.setProperty("io.prometheus.metrics.exemplars_enabled", "false");
    }

    static final Place PRODUCTION = new Place("shop", "shop", "production");
    static final String PASSWORD = "correct horse battery";
    static final String DELIVERY =
            """
            service: shop
            artifact: shop
            start: node server.js
            health:
              path: /healthz
              interval: 200ms
              timeout: 500ms
              start-within: 8s
            instances: 2
            drain: 5s
            environments:
              production:
                host: shop.localhost
                strategy: canary
            strategies:
              canary:
                kind: canary
                steps:
                  - weight: 10
                  - judge: {min-requests: 20, max-wait: 60s}
                  - weight: 100
            """;
    private static final String PROGRAM =
            """
            const http = require('http');
            const fs = require('fs');
            const mode = fs.readFileSync('mode.txt', 'utf8');
            const version = process.env.RONDO_VERSION;
            if (mode === 'crash') { console.log('boom'); process.exit(3); }
            const eat = (eaten) => { eaten.push(Buffer.alloc(8 << 20, 1)); setTimeout(eat, 5, eaten); };
            const answer = (request, response) => {
              if (request.url === '/healthz') {
                if (mode === 'ill') { response.statusCode = 500; response.end('ill'); return; }
                if (mode === 'hang') { return; }
                response.end('ok');
                return;
              }
              if (request.url === '/exit') { response.end('bye'); setTimeout(() => process.exit(1), 20); return; }
              if (request.url === '/slow') { setTimeout(() => response.end(version), 1500); return; }
              if (request.url === '/eat') { eat([]); }
              const where = [request.url, request.httpVersion, process.env.RONDO_INSTANCE].join(' ');
              response.end(request.url.endsWith('/where') ? where : version);
            };
            const server = mode === 'h2c'
              ? require('http2').createServer(answer) : http.createServer(answer);
            server.listen(Number(process.env.PORT), '0.0.0.0');
            process.on('SIGTERM', () => { server.close(() => process.exit(0)); if (mode === 'h2c') process.exit(0); });
            """;

    final Path data;
    final Spine spine;
    final DeployingPhase phase;
    final Web web;
    private final Reactor reactor;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Harbour() {
        this(temporary(), Database.Sqlite::new);
    }

    interface DatabaseAt {
        Database in(Path file);
    }

    Harbour(Path data, DatabaseAt databases) {
        this.data = data;
        boolean fresh = !Files.exists(data.resolve("blobs"));
        var store =
                Databases.open(
                        databases.in(data.resolve("rondo.db")),
                        List.of(
                                "dev/rondo/journal/db",
                                "dev/rondo/access/db",
                                "dev/rondo/deploying/db"));
        var journal = new Journal(store);
        var access = new Access(store, journal, new PasswordCost(8, 1));
        var texts = Texts.of("deploying").strict();
        var site = new Site(store, access, texts);
        var sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP);
        spine =
                new Spine(
                        store,
                        journal,
                        new Blobs(folder("blobs")),
                        Secrets.open(data.resolve("secret.key")),
                        access,
                        new Repositories(
                                folder("repositories"), GitSettings.in(folder("git-home"))),
                        sandbox,
                        new ProcessTelemetry(),
                        texts,
                        site.live(),
                        (project, subject) -> Optional.empty(),
                        folder("deploying"),
                        URI.create("http://127.0.0.1:8080"));
        if (fresh) {
            access.accounts().create("test", new NewAccount("olga", "Olga", "", PASSWORD, true));
            store.update(tx -> {
                var ignored =
                        access.projects()
                                .create(tx, caller(), new NewProject("shop", "", "", "main"));
            });
            spine.repositories().create("shop", "main");
        }
        phase = new DeployingPhase(spine, new RouterSettings("127.0.0.1", 0, false));
        site.menu(phase.menu()).panels(phase.panels());
        web = new Web(site, phase::routes);
        sandbox.sweep(phase.wantedInstances());
        phase.start();
        reactor = new Reactor(store, journal);
        reactor.start(phase.reactions());
        web.start("127.0.0.1", 0);
    }

    static Path temporary() {
        return Scratch.folder("deploying");
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(data.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Caller caller() {
        return new Caller("olga", "Olga", true, "", "", Caller.Means.PASSWORD, "");
    }

    Event publish(String version, String mode) {
        return publish(version, mode, DELIVERY, List.of("production"));
    }

    /** Commits the delivery file, keeps the artifact and says that the release is published. */
    Event publish(String version, String mode, String delivery, List<String> environments) {
        var commit = commit(delivery);
        var blob =
                spine.blobs()
                        .put(
                                new ByteArrayInputStream(
                                        archive(
                                                Map.of(
                                                        "server.js", PROGRAM,
                                                        "mode.txt", mode,
                                                        "version.txt", version))),
                                1 << 20);
        return tell(
                Subject.of("release", version),
                new Fact.ReleasePublished(
                        version,
                        commit,
                        "v" + version,
                        List.of(new Fact.Artifact("shop", blob.digest(), blob.size())),
                        List.of(2L),
                        "",
                        environments));
    }

    static byte[] archive(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (var file : files.entrySet()) {
                var content = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String commit(String delivery) {
        var work = temporary();
        var bare = spine.repositories().find("shop").orElseThrow().folder().toString();
        try {
            git(work, "init", "-q", "-b", "main");
            Files.createDirectories(work.resolve(".rondo"));
            Files.writeString(work.resolve(".rondo/delivery.yml"), delivery);
            git(work, "add", "-A");
            git(
                    work,
                    "-c",
                    "user.name=Olga",
                    "-c",
                    "user.email=o@example.org",
                    "commit",
                    "-q",
                    "--allow-empty",
                    "-m",
                    "Deliver " + work.getFileName());
            git(work, "push", "-q", "-f", bare, "HEAD:refs/heads/main");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spine.repositories()
                .find("shop")
                .orElseThrow()
                .resolve("refs/heads/main")
                .orElseThrow();
    }

    private static void git(Path folder, String... words) {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Event tell(Subject subject, Fact fact, Event... causes) {
        return spine.store()
                .write(tx ->
                        spine.journal()
                                .append(tx, new Draft("shop", subject, "test", fact), causes));
    }

    /** Answers the judgement that the newest rollout waits for. */
    Event judge(String verdict) {
        until().until(() -> newest().step() >= 0);
        var rollout = newest();
        return tell(
                rollout.subject(),
                new Fact.JudgementGiven(
                        rollout.id(),
                        rollout.step(),
                        "shop",
                        "production",
                        rollout.from(),
                        rollout.version(),
                        verdict,
                        List.of("Because."),
                        new Fact.TrafficSample(rollout.from(), 900, 0, 0.01, 0.02, 0.03),
                        new Fact.TrafficSample(rollout.version(), 100, 20, 0.01, 0.02, 0.03),
                        "/api/cart",
                        0.2));
    }

    Rollout newest() {
        return spine.store().read(sql -> RolloutStore.before(sql, "shop", "", 1)).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rollout"));
    }

    /** The newest rollout of a version, once it is over. */
    Rollout over(String version) {
        until().until(() ->
                spine.store().read(sql -> RolloutStore.ofVersion(sql, "shop", version, 1)).stream()
                        .anyMatch(rollout -> rollout.state().over()));
        return spine.store()
                .read(sql -> RolloutStore.ofVersion(sql, "shop", version, 1))
                .getFirst();
    }

    static ConditionFactory until() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20));
    }

    List<Event> events(Kind kind) {
        return spine.store().read(sql -> JournalReads.ofKind(sql, "shop", kind, 0, 1000));
    }

    List<InstanceStore.Row> alive() {
        return spine.store().read(InstanceStore::alive);
    }

    /** What a user gets through the router: status and body. */
    HttpResponse<String> visit(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + phase.routerPort() + path))
                        .header("Host", "shop.localhost")
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> page(String path, String... headers) {
        return call("GET", path, "", headers);
    }

    HttpResponse<String> call(String method, String path, String json, String... headers) {
        return callAs("olga", method, path, json, headers);
    }

    HttpResponse<String> callAs(
            String account, String method, String path, String json, String... headers) {
        var pair = (account + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
        var basic = Base64.getEncoder().encodeToString(pair);
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends Rondo and leaves the instances alone. */
    void leave() {
        web.stop();
        reactor.close();
        phase.stop();
        spine.sandbox().close();
        spine.repositories().close();
        spine.store().close();
        http.shutdownNow();
    }

    @Override
    public void close() {
        phase.stopsInstances(true);
        leave();
    }
}
