package dev.rondo.results;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Projects;
import dev.rondo.actions.Permissions;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Journal;
import dev.rondo.kits.Databases;
import dev.rondo.phase.Spine;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Blobs;
import dev.rondo.store.Database;
import dev.rondo.store.Secrets;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services on a real spine behind a real server, with two projects. */
final class Desk implements AutoCloseable {

    static final String SERVICE = "/twirp/github.actions.results.api.v1.";

    final Path data;
    final Spine spine;
    final Results results;
    final HttpClient http = HttpClient.newHttpClient();
    private final Web web;

    Desk(Path data, Database database) throws IOException {
        this(data, Databases.open(database, MIGRATIONS), Retention.USUAL);
    }

    Desk(Path data, Retention retention) throws IOException {
        this(
                data,
                Databases.open(new Database.Sqlite(data.resolve("rondo.db")), MIGRATIONS),
                retention);
    }

    private static final java.util.List<String> MIGRATIONS =
            java.util.List.of(
                    "dev/rondo/journal/db", "dev/rondo/access/db", "dev/rondo/building/db");

    private Desk(Path data, Store store, Retention retention) throws IOException {
        this.data = data;
        var journal = new Journal(store);
        var access = new Access(store, journal, new PasswordCost(8, 1));
        var texts = Texts.of("access", "results").strict();
        var site = new Site(store, access, texts);
        this.spine =
                new Spine(
                        store,
                        journal,
                        new Blobs(Files.createDirectories(data.resolve("blobs"))),
                        Secrets.open(data.resolve("secret.key")),
                        access,
                        new Repositories(
                                Files.createDirectories(data.resolve("repositories")),
                                GitSettings.in(Files.createDirectories(data.resolve("git-home")))),
                        Sandbox.open(data, Sandbox.Mode.OFF),
                        new ProcessTelemetry(),
                        texts,
                        site.live(),
                        (project, subject) -> Optional.empty(),
                        Files.createDirectories(data.resolve("building")),
                        URI.create("http://rondo.example.org"));
        var olga = new Caller("olga", "Olga", true, "en", "auto", Caller.Means.SESSION, "token");
        access.accounts()
                .create(
                        "",
                        new Accounts.NewAccount(
                                "olga", "Olga", "olga@example.org", "correct horse battery", true));
        for (String name : new String[] {"shop", "other"}) {
            var made =
                    store.write(tx ->
                            access.projects()
                                    .create(
                                            tx,
                                            olga,
                                            new Projects.NewProject(name, name, "", "main")));
            assert made != null;
        }
        this.results =
                new Results(
                        spine,
                        retention,
                        new RunLogs() {
                            @Override
                            public long bytes(String project) {
                                return 2048;
                            }

                            @Override
                            public void expire(Function<String, Instant> endedBefore) {}

                            @Override
                            public void shrink(ToLongFunction<String> most, Instant settled) {}
                        });
        site.menu(results.menu());
        this.web = new Web(site, results::routes).start("127.0.0.1", 0);
    }

    URI server() {
        return URI.create("http://127.0.0.1:" + web.port());
    }

    LiveJob job(String project, String run, String job, String ref) {
        return job(project, run, job, ref, Permissions.Policy.WRITE.permissions());
    }

    LiveJob job(String project, String run, String job, String ref, Permissions permissions) {
        var identity =
                new JobIdentity(
                        new JobIdentity.Place(project, run, 7, 4, 1, job),
                        new JobIdentity.Source(ref, "c0ffee", "", "", "main"),
                        new JobIdentity.Flow(
                                "CI",
                                "rondo/" + project + "/.github/workflows/ci.yml@" + ref,
                                "rondo/lib/.github/workflows/lib.yml@refs/tags/v1",
                                "f00d",
                                "push",
                                "olga",
                                ""),
                        new JobIdentity.Ids("11", "22", "33"),
                        permissions);
        return results.begin(identity, server());
    }

    record Answer(int status, JsonNode json) {
        String text(String field) {
            return json.path(field).asString("");
        }
    }

    Answer call(LiveJob job, String method, Map<String, Object> body) throws Exception {
        return call(job.actionVariables().get("ACTIONS_RUNTIME_TOKEN"), method, body);
    }

    Answer call(String token, String method, Map<String, Object> body) throws Exception {
        var request =
                HttpRequest.newBuilder(server().resolve(SERVICE + method))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JsonMapper.shared().writeValueAsString(body)))
                        .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(
                request.timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> put(String url, byte[] body, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<byte[]> get(String url, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    static Map<String, Object> ids(LiveJob job, Map<String, Object> more) {
        var all = new java.util.HashMap<String, Object>(more);
        all.put("workflow_run_backend_id", job.identity().place().run());
        all.put("workflow_job_run_backend_id", job.identity().place().job());
        return all;
    }

    @Override
    public void close() {
        web.stop();
        results.stop();
        spine.sandbox().close();
        spine.repositories().close();
        spine.store().close();
    }
}
