package dev.rondo.deploying.router;

import dev.rondo.deploying.router.Target.Choice;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Keeps a client with the version and instance that answered it first, by a session cookie. */
final class Stickiness {

    private Stickiness() {}

    /** What the client's cookie says, if the route keeps clients and the client has one. */
    static @Nullable String of(Target target, Request request) {
        if (!target.route().options().sticky()
                || !request.getHeaders().contains(HttpHeader.COOKIE)) {
            return null;
        }
        for (var cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(target.cookieName())) {
                return cookie.getValue();
            }
        }
        return null;
    }

    static void remember(
            Target target, Choice choice, Request request, HttpFields.Mutable headers) {
        var value = choice.cookie();
        if (!value.equals(of(target, request))) {
            headers.add(
                    HttpHeader.SET_COOKIE,
                    target.cookieName()
                            + '='
                            + value
                            + "; Path="
                            + target.route().path()
                            + "; HttpOnly; SameSite=Lax");
        }
    }
}
