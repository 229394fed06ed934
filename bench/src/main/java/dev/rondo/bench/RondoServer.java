package dev.rondo.bench;

import java.io.IOException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Rondo in a process of its own, with one account, as its users' programs see it. */
final class RondoServer {

    static final String ACCOUNT = "ada";

    private static final String PASSWORD = "lovelace-1843";
    private static final Pattern SETUP = Pattern.compile("/setup\\?secret=([^\\s&]+)");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration START = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Workbench bench;
    private final Path data;
    private final Path output;
    private final int port = Workbench.freePort();
    private final Process process;
    private String authorization = "";

    private RondoServer(Workbench bench, Path data, boolean cache, boolean walls) {
        this.bench = bench;
        this.data = data;
        this.output = bench.path("rondo-" + port + ".log");
        var arguments =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--data=" + data,
                                "--port=" + port,
                                "--router-port=" + Workbench.freePort(),
                                "--stop-instances"));
        if (!walls) {
            arguments.add("--sandbox=off");
        }
        this.process =
                bench.start(
                        RondoProgram.folder(),
                        output,
                        RondoProgram.command(cache, bench.path(""), arguments));
    }

    /** How long a start took until the first page was there. */
    record Started(RondoServer server, double wallMillis, double cpuSeconds, boolean walls) {}

    /** Starts and waits for the first page; without walls where they are not to be had. */
    static Started start(Workbench bench, Path data, boolean cache) throws Exception {
        try {
            return start(bench, data, cache, true);
        } catch (BenchFailure failed) {
            if (String.valueOf(failed.getMessage()).contains("--sandbox=off")) {
                return start(bench, data, cache, false);
            }
            throw failed;
        }
    }

    private static Started start(Workbench bench, Path data, boolean cache, boolean walls)
            throws Exception {
        long began = System.nanoTime();
        var server = new RondoServer(bench, data, cache, walls);
        server.awaitFirstPage(began);
        double wall = (System.nanoTime() - began) / 1e6;
        return new Started(server, wall, Machine.cpuSeconds(server.pid()), walls);
    }

    private void awaitFirstPage(long began) throws Exception {
        while (true) {
            try {
                if (get("/session").statusCode() == 200) {
                    return;
                }
            } catch (IOException refused) {
                // It does not listen yet.
            }
            if (!process.isAlive()) {
                throw new BenchFailure("Rondo does not start: " + Files.readString(output));
            }
            if (System.nanoTime() - began > START.toNanos()) {
                throw new BenchFailure("Rondo shows no page within " + START.toSeconds() + " s");
            }
            Thread.sleep(4);
        }
    }

    long pid() {
        return process.pid();
    }

    Path data() {
        return data;
    }

    void stop() {
        bench.stop(process);
    }

    /** Makes the first account with the link that the console shows, and a token for it. */
    String signUp() throws Exception {
        // The link is printed just after the first page can be had.
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        var link = SETUP.matcher(Files.readString(output));
        while (!link.find()) {
            if (System.nanoTime() > until) {
                throw new BenchFailure("the console shows no link for the first account");
            }
            Thread.sleep(20);
            link = SETUP.matcher(Files.readString(output));
        }
        var fields = new LinkedHashMap<String, String>();
        fields.put("secret", link.group(1));
        fields.put("name", ACCOUNT);
        fields.put("title", "Ada Lovelace");
        fields.put("email", "ada@example.org");
        fields.put("password", PASSWORD);
        form("/setup", fields);
        var pair = ACCOUNT + ":" + PASSWORD;
        authorization =
                "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        var token =
                JSON.readTree(form("/account/tokens", Map.of("title", "bench", "days", "7")))
                        .path("secret")
                        .asString();
        signIn(token);
        return token;
    }

    void signIn(String token) {
        authorization = "Bearer " + token;
    }

    void createProject(String name) throws Exception {
        good(
                send(
                        request("/api/projects")
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                JSON.writeValueAsString(Map.of("name", name))))
                                .build()));
    }

    JsonNode json(String path) throws Exception {
        return JSON.readTree(good(get(path)));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    private String form(String path, Map<String, String> fields) throws Exception {
        var body =
                fields.entrySet().stream()
                        .map(field ->
                                field.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return good(
                send(
                        request(path)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Accept", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build()));
    }

    private static String good(HttpResponse<String> response) {
        if (response.statusCode() >= 400) {
            throw new BenchFailure(
                    response.uri() + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** The address of a project's repository, with the token in the place of the password. */
    String remote(String token, String project) {
        return "http://%s:%s@127.0.0.1:%d/%s.git".formatted(ACCOUNT, token, port, project);
    }
}
