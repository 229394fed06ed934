package dev.rondo.testing;

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
import dev.rondo.phase.Spine;
import dev.rondo.store.Blobs;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
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
import org.awaitility.Awaitility;

/** Testing on a real database, a real repository and a real web server, with a project "shop". */
final class Rig implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";

    /** For a machine that has much else to do. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    static final String NONE = "0".repeat(40);

    final Store store;
    final Journal journal;
    final Blobs blobs;
    final Repositories repositories;
    final TestingPhase phase;
    final Web web;
    final Texts texts = Texts.of("testing").strict();
    private final Access access;
    private final Reactor reactor;
    private final Path work;
    private final HttpClient http = HttpClient.newHttpClient();
    private int runs;

    Rig(Database database, Path folder) {
        store =
                Databases.open(
                        database,
                        List.of(
                                "dev/rondo/journal/db",
                                "dev/rondo/access/db",
                                "dev/rondo/testing/db"));
        journal = new Journal(store);
        access = new Access(store, journal, new PasswordCost(8, 1));
        blobs = new Blobs(folder.resolve("blobs"));
        repositories =
                new Repositories(
                        folder.resolve("repositories"), GitSettings.in(folder.resolve("home")));
        var bare = repositories.create("shop", "main").folder();
        work = folder.resolve("work");
        run(folder, "git", "init", "-q", "-b", "main", work.toString());
        run(work, "git", "remote", "add", "origin", bare.toString());
        var site = new Site(store, access, texts);
        phase =
                new TestingPhase(
                        new Spine(
                                store,
                                journal,
                                blobs,
                                null,
                                access,
                                repositories,
                                null,
                                new ProcessTelemetry(),
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
                            PanelPage.register(routes);
                        });
        web.start("127.0.0.1", 0);
        reactor = new Reactor(store, journal);
        reactor.start(phase.reactions());
        phase.start();
        access.accounts().create("test", new NewAccount("olga", "Olga", "", PASSWORD, true));
        store.update(tx -> {
            var ignored =
                    access.projects().create(tx, caller(), new NewProject("shop", "", "", "main"));
        });
    }

    static Caller caller() {
        return new Caller("olga", "Olga", true, "", "", Caller.Means.PASSWORD, "");
    }

    Event tell(Subject subject, Fact fact, Event... causes) {
        return store.write(
                tx -> journal.append(tx, new Draft("shop", subject, "test", fact), causes));
    }

    /** Commits files to a branch and pushes them, and tells of it as coding does. */
    String push(String branch, Map<String, String> files, String message) {
        var before = revision("refs/heads/" + branch).orElse(NONE);
        if (before.equals(NONE) && revision("HEAD").isPresent()) {
            run(work, "git", "checkout", "-q", "-b", branch);
        } else if (!before.equals(NONE)) {
            run(work, "git", "checkout", "-q", branch);
        }
        files.forEach(this::write);
        run(work, "git", "add", "-A");
        run(
                work,
                "git",
                "-c",
                "user.name=Olga",
                "-c",
                "user.email=o@x",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                message);
        run(work, "git", "push", "-q", "origin", branch);
        var after = revision("HEAD").orElseThrow();
        var commit =
                new Fact.Commit(
                        after,
                        message,
                        "Olga",
                        "o@x",
                        0,
                        message.contains("#7") ? List.of(7L) : List.of(),
                        List.of());
        tell(
                Subject.of("change", after),
                new Fact.ChangePushed(
                        "shop",
                        "refs/heads/" + branch,
                        before,
                        after,
                        branch.equals("main"),
                        false,
                        List.of(commit)));
        return after;
    }

    private void write(String path, String text) {
        try {
            Files.createDirectories(work.resolve(path).getParent());
            Files.writeString(work.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> revision(String name) {
        try {
            return Optional.of(run(work, "git", "rev-parse", "--verify", "-q", name).strip());
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** A run with one job that left these files, told as building does; not waited for. */
    String finish(String branch, String commit, String outcome, Map<String, String> reports) {
        var run = "run-" + ++runs;
        var stored = new ArrayList<Fact.StoredFile>();
        reports.forEach((path, text) -> {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var blob = blobs.put(new ByteArrayInputStream(bytes), Long.MAX_VALUE);
            stored.add(new Fact.StoredFile(path, blob.digest(), blob.size()));
        });
        var job =
                tell(
                        Subject.of("taskrun", run + "/test"),
                        new Fact.TaskRunFinished(run, "test", "test", commit, outcome, 5, stored));
        tell(
                Subject.of("pipelinerun", run),
                new Fact.PipelineRunFinished(
                        run,
                        runs,
                        "CI",
                        "refs/heads/" + branch,
                        commit,
                        branch.equals("main"),
                        outcome,
                        "",
                        10),
                job);
        return run;
    }

    /** As {@link #finish}, and what the gate then decides. */
    Fact.GateDecided decide(
            String branch, String commit, String outcome, Map<String, String> reports) {
        return decision(finish(branch, commit, outcome, reports));
    }

    Fact.GateDecided decision(String run) {
        return (Fact.GateDecided) event("gate", run, Kind.GATE_DECIDED).fact();
    }

    Event event(String kind, String run, Kind of) {
        var found =
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(
                                () ->
                                        store.read(sql ->
                                                JournalReads.last(
                                                        sql, "shop", Subject.of(kind, run), of)),
                                Optional::isPresent);
        return found.orElseThrow();
    }

    List<Event> events(String kind, String run) {
        return store.read(sql -> JournalReads.of(sql, "shop", Subject.of(kind, run), 100));
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> post(String path) {
        return send(
                request(path, "Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var basic =
                Base64.getEncoder()
                        .encodeToString(("olga:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                        .header("Authorization", "Basic " + basic);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String run(Path folder, String... command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(List.of(command) + ": " + output);
            }
            return output;
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
