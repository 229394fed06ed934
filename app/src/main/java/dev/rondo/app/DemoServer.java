package dev.rondo.app;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Rondo as its users' programs see it: over HTTP, with a token. When it does not answer it is
 * asked again for a while, so that a restart in between is survived.
 */
final class DemoServer {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 60;

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final Map<Long, Happening> happenings = new ConcurrentHashMap<>();
    private volatile String authorization = "";
    private long lastSeq;

    DemoServer(URI base) {
        this.base = base;
    }

    /** An event as the API tells it. */
    record Happening(long seq, String kind, String subject, String at, JsonNode data) {

        String text(String field) {
            return data.path(field).asString("");
        }

        long number(String field) {
            return data.path(field).asLong();
        }
    }

    /** An answer: its status and its body, which is empty JSON where there is none. */
    record Answer(int status, String body) {

        boolean good() {
            return status / 100 == 2;
        }

        JsonNode json() {
            return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
        }
    }

    URI link(String path) {
        return URI.create(base + path);
    }

    void password(String name, String password) {
        var pair = name + ":" + password;
        authorization =
                "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    void token(String secret) {
        authorization = "Bearer " + secret;
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    /** As a browser asks. */
    Answer page(String path) {
        return send(request(path).setHeader("Accept", "text/html").GET().build());
    }

    Answer post(String path, Object body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build());
    }

    Answer patch(String path, Object body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build());
    }

    Answer form(String path, Map<String, String> fields, Map<String, String> headers) {
        var request = request(path).header("Content-Type", "application/x-www-form-urlencoded");
        headers.forEach(request::header);
        return send(request.POST(HttpRequest.BodyPublishers.ofString(encode(fields))).build());
    }

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                                + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(link(path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Accept", "application/json");
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    /**
     * Does something that must not be done twice: the action looks first whether it is done
     * already. When the server went away in the middle, the action is asked again once it is back.
     */
    void untilDone(Runnable action) {
        while (true) {
            try {
                action.run();
                return;
            } catch (Cut cut) {
                get("/healthz");
            }
        }
    }

    /** The server went away while it was told to do something: nobody knows whether it did. */
    static final class Cut extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Cut(Throwable cause) {
            super(cause);
        }
    }

    private Answer send(HttpRequest request) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var response =
                        http.send(
                                request,
                                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                return new Answer(response.statusCode(), response.body());
            } catch (IOException unreachable) {
                if (!request.method().equals("GET")) {
                    throw new Cut(unreachable);
                }
                if (System.nanoTime() > until) {
                    throw new DemoProblem(
                            request.uri() + " does not answer: " + unreachable.getMessage());
                }
                pause();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DemoProblem("interrupted");
            }
        }
    }

    /** All that is known to have happened, oldest first. */
    List<Happening> happenings(String project) {
        follow(project);
        return happenings.values().stream()
                .sorted((one, other) -> Long.compare(one.seq(), other.seq()))
                .toList();
    }

    /** All that the server has told so far, without asking again. */
    List<Happening> known() {
        return List.copyOf(happenings.values());
    }

    /** Waits for an event of a kind. */
    Happening await(String project, String kind, Predicate<Happening> wanted, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            var found = find(project, kind, wanted);
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > until) {
                throw new DemoProblem(
                        "no " + kind + " within " + patience.toSeconds() + " s; last: " + last());
            }
            pause();
        }
    }

    Optional<Happening> find(String project, String kind, Predicate<Happening> wanted) {
        return happenings(project).stream()
                .filter(one -> one.kind().equals(kind))
                .filter(wanted)
                .findFirst();
    }

    private String last() {
        return happenings.values().stream()
                .sorted((one, other) -> Long.compare(other.seq(), one.seq()))
                .limit(4)
                .map(one -> one.kind() + " " + one.subject())
                .toList()
                .toString();
    }

    private synchronized void follow(String project) {
        List<Happening> page;
        do {
            page = new ArrayList<>();
            var answer = get("/api/projects/" + project + "/events?after=" + lastSeq);
            if (!answer.good()) {
                return;
            }
            for (var node : answer.json()) {
                page.add(
                        new Happening(
                                node.path("seq").asLong(),
                                node.path("kind").asString(),
                                node.path("subject").asString(),
                                node.path("at").asString(),
                                node.path("data")));
            }
            page.forEach(one -> happenings.put(one.seq(), one));
            if (!page.isEmpty()) {
                lastSeq = page.getLast().seq();
            }
        } while (!page.isEmpty());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoProblem("interrupted");
        }
    }
}
