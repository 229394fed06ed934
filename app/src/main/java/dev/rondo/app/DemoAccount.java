package dev.rondo.app;

import java.net.URI;
import java.util.Map;

/** The first account of the demo, and its access token. */
final class DemoAccount {

    private DemoAccount() {}

    /** Makes the account with the one-time secret, unless it is there, and a token for it. */
    static String make(DemoServer server, String secret, String name, String password) {
        if (!secret.isEmpty()) {
            var made =
                    server.form(
                            "/setup",
                            Map.of(
                                    "secret", secret,
                                    "name", name,
                                    "title", "Ada Lovelace",
                                    "email", "ada@example.org",
                                    "password", password),
                            Map.of());
            if (made.status() >= 400) {
                throw new DemoProblem("first account: " + made.status() + " " + made.body());
            }
        }
        server.password(name, password);
        var token = server.form("/account/tokens", Map.of("title", "demo", "days", "7"), Map.of());
        if (!token.good()) {
            throw new DemoProblem("access token: " + token.status() + " " + token.body());
        }
        return token.json().path("secret").asString();
    }

    /** The address that git pushes to, with the token in the place of the password. */
    static String remote(URI server, String account, String token, String project) {
        return "%s://%s:%s@%s/%s.git"
                .formatted(server.getScheme(), account, token, server.getAuthority(), project);
    }
}
