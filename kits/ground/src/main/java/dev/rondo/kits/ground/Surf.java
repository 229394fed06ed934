package dev.rondo.kits.ground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Outcome;
import dev.rondo.access.Tokens;
import dev.rondo.phase.Spine;
import dev.rondo.web.Web;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls the pages of a ground over HTTP as its owner, with a token. */
public final class Surf {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Web web;
    private final String token;

    /** Starts the server, on any port. */
    public Surf(Spine spine, Web web) {
        this.web = web;
        web.start("127.0.0.1", 0);
        token =
                switch (spine.access().tokens().create("olga", "test", Duration.ofDays(1))) {
                    case Outcome.Done<Tokens.Fresh> done -> done.value().secret();
                    case Outcome.Refused<Tokens.Fresh> refused -> throw new AssertionError(refused);
                };
    }

    public String token() {
        return token;
    }

    public HttpResponse<byte[]> bytes(String method, String path, String body) {
        return send(method, path, body, HttpResponse.BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(
            String method, String path, String body, HttpResponse.BodyHandler<T> reader) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                        .header("Authorization", "token " + token)
                        .header("Accept-Language", "en")
                        .header(
                                "Content-Type",
                                body.startsWith("{")
                                        ? "application/json"
                                        : "application/x-www-form-urlencoded")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return CLIENT.send(request, reader);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, HttpResponse.BodyHandlers.ofString());
    }

    /** The body, when the status is as expected. */
    public String expect(int status, String method, String path, String body) {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body();
    }

    public String get(String path) {
        return expect(200, "GET", path, "");
    }

    public String post(String path, String body, int status) {
        return expect(status, "POST", path, body);
    }
}
