package dev.rondo.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A client with cookies that follows no redirect, and knows a page's cross-site token. */
final class Browser {

    private static final Pattern TOKEN = Pattern.compile("data-csrf=\"([^\"]*)\"");

    private final String base;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private String csrf = "";

    Browser(String base) {
        this.base = base;
    }

    Browser signIn(String name) {
        var answer = post("/session", "name", name, "password", Playground.PASSWORD);
        if (answer.statusCode() != 303) {
            throw new IllegalStateException("sign-in gave " + answer.statusCode());
        }
        return this;
    }

    HttpResponse<String> get(String path, String... headers) {
        var answer = send(request(path, headers).GET().build());
        var token = TOKEN.matcher(answer.body());
        if (token.find()) {
            csrf = token.group(1);
        }
        return answer;
    }

    HttpResponse<String> post(String path, String... fields) {
        return postWith(csrf, path, fields);
    }

    HttpResponse<String> postWith(String token, String path, String... fields) {
        var form = new StringBuilder("_csrf=").append(encode(token));
        for (int i = 0; i < fields.length; i += 2) {
            form.append('&').append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
        }
        return send(
                request(path, "Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                        .build());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(
                request(path, headers)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /** A body that does not say how long it is. */
    HttpResponse<String> chunks(String path, String type, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(
                request(path, "Content-Type", type.isEmpty() ? "text/plain" : type)
                        .POST(
                                HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new ByteArrayInputStream(bytes)))
                        .build());
    }

    HttpResponse<java.io.InputStream> stream(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
