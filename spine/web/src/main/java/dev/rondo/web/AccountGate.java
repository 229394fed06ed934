package dev.rondo.web;

import dev.rondo.access.Access;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.access.Role;
import dev.rondo.access.Tokens;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks sessions, tokens and passwords who calls. */
final class AccountGate implements Gatekeeper {

    static final String COOKIE = "rondo_session";
    static final int MOST_PROJECTS = 200;
    private static final int SESSION_SECONDS = 30 * 24 * 3600;

    private final Access access;

    AccountGate(Access access) {
        this.access = access;
    }

    static void keep(Context http, String secret) {
        http.cookie(cookie(http, secret, SESSION_SECONDS));
    }

    /** The secret of the session of this browser; empty without one. */
    static String secret(Context http) {
        return Optional.ofNullable(http.cookie(COOKIE)).orElse("");
    }

    static void forget(Context http) {
        http.cookie(cookie(http, "", 0));
    }

    @Override
    public Caller caller(Context http) {
        var authorization = http.header("Authorization");
        if (authorization != null) {
            return authorized(http, authorization);
        }
        return Optional.of(secret(http))
                .filter(secret -> !secret.isEmpty())
                .flatMap(secret -> access.sessions().callerOfCookie(secret, http.ip()))
                .orElse(Caller.ANYONE);
    }

    @Override
    public Optional<Project> project(String name) {
        return access.projects().find(name);
    }

    @Override
    public Role role(Caller caller, String project) {
        return access.projects().role(caller, project);
    }

    @Override
    public Role role(Caller caller, String project, String scope) {
        return access.projects().role(caller, project, scope);
    }

    @Override
    public List<Project> projects(Caller caller) {
        return access.projects().visibleTo(caller, "", MOST_PROJECTS);
    }

    private Caller authorized(Context http, String authorization) {
        int space = authorization.indexOf(' ');
        var scheme = space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT);
        var rest = authorization.substring(space + 1).strip();
        return switch (scheme) {
            case "bearer", "token" -> byToken(rest);
            case "basic" -> basic(http, rest);
            default -> throw Refusal.of("web.signin.scheme").status(401).asException();
        };
    }

    /** Git sends a token as the password, or as the name with an empty password. */
    private Caller basic(Context http, String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.of("web.signin.scheme").status(401).asException();
        }
        int colon = pair.indexOf(':');
        var name = colon < 0 ? pair : pair.substring(0, colon);
        var password = colon < 0 ? "" : pair.substring(colon + 1);
        if (Tokens.looksLikeToken(password)) {
            return byToken(password);
        }
        if (Tokens.looksLikeToken(name)) {
            return byToken(name);
        }
        return access.sessions()
                .callerOf(name, password, http.ip())
                .orElseThrow(() -> Refusal.of("access.signin.wrong").status(401).asException());
    }

    private Caller byToken(String secret) {
        return switch (access.tokens().callerOf(secret)) {
            case Outcome.Done<Caller> done -> done.value();
            case Outcome.Refused<Caller> refused ->
                    throw Refusal.of(refused).status(401).asException();
        };
    }

    private static Cookie cookie(Context http, String value, int seconds) {
        return new Cookie(
                COOKIE, value, "/", seconds, http.req().isSecure(), true, "", SameSite.LAX);
    }
}
