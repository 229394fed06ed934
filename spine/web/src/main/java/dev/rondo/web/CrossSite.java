package dev.rondo.web;

import dev.rondo.access.Caller;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * Refuses what another site makes a signed-in browser send. Two locks: the browser's own word
 * (Sec-Fetch-Site, else Origin), and for sessions a token that only our pages know. Programs that
 * authenticate by token send neither and need neither.
 */
final class CrossSite {

    static final String FIELD = "_csrf";
    static final String HEADER = "X-Rondo-Csrf";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private CrossSite() {}

    static void check(Context http, Route route, Caller caller) {
        if (SAFE.contains(http.method().name()) || route.isOpenToOtherSites()) {
            return;
        }
        if (caller.means() == Caller.Means.TOKEN || caller.means() == Caller.Means.PASSWORD) {
            return;
        }
        if (!isFromHere(http)) {
            throw Refusal.forbidden("web.crosssite").asException();
        }
        if (caller.means() == Caller.Means.SESSION && !isTokenRight(http, caller)) {
            throw Refusal.forbidden("web.csrf").asException();
        }
    }

    private static boolean isFromHere(Context http) {
        var site = http.header("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        var origin = http.header("Origin");
        if (origin == null) {
            return true;
        }
        try {
            var authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(http.header("Host"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isTokenRight(Context http, Caller caller) {
        var sent = http.header(HEADER);
        if (sent == null && (http.isFormUrlencoded() || http.isMultipartFormData())) {
            sent = http.formParam(FIELD);
        }
        return sent != null
                && MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8),
                        caller.csrf().getBytes(StandardCharsets.UTF_8));
    }
}
