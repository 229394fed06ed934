package dev.rondo.web;

import dev.rondo.access.Caller;
import dev.rondo.access.Project;
import dev.rondo.access.Role;
import dev.rondo.store.Origin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Stands before every handler: who calls, may they, and does the request come from our pages. */
final class Guard {

    private final Site site;

    Guard(Site site) {
        this.site = site;
    }

    void handle(Context http, Route route) {
        Origin.during(http.ip(), () -> serve(http, route));
    }

    private void serve(Context http, Route route) {
        var visit = new Visit(site, http, Caller.ANYONE, Optional.empty(), Role.NONE);
        try {
            visit = admit(http, route);
            route.handler().handle(visit);
        } catch (Challenge challenge) {
            challenge(visit, route);
        } catch (Refused refused) {
            Failures.refuse(visit, refused.refusal());
        } catch (HttpResponseException e) {
            Failures.refuse(visit, Failures.refusalOf(e));
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            // An error of one page must not look like an error of the server.
            Failures.fail(visit, e);
        }
    }

    /** A visit for what no route answers: the shell knows who looks at it. */
    Visit stranger(Context http) {
        try {
            var caller = site.gatekeeper().caller(http);
            return new Visit(site, http, caller, Optional.empty(), Role.NONE);
        } catch (RuntimeException e) {
            return new Visit(site, http, Caller.ANYONE, Optional.empty(), Role.NONE);
        }
    }

    private Visit admit(Context http, Route route) {
        if (http.req().getContentLengthLong() > route.bodyLimit()) {
            throw BodyLimit.refused(route.bodyLimit());
        }
        BodyLimit.set(http.req(), route.bodyLimit());
        var caller = route.isOpenToOtherSites() ? Caller.ANYONE : site.gatekeeper().caller(http);
        CrossSite.check(http, route, caller);
        if (route.may() != May.ANYONE && !caller.signedIn()) {
            throw new Challenge();
        }
        if (caller.grant().isPresent() && !route.isForGrants()) {
            throw Refusal.forbidden("web.forbidden.job").asException();
        }
        Optional<Project> project =
                route.hasProject()
                        ? site.gatekeeper().project(http.pathParam("project"))
                        : Optional.empty();
        var role =
                project.filter(there -> caller.signedIn())
                        .map(there -> site.gatekeeper().role(caller, there.name(), route.scope()))
                        .orElse(Role.NONE);
        if (route.may().role() != Role.NONE && role == Role.NONE) {
            // Who may not read it does not learn whether it exists.
            throw Refusal.missing("web.project.missing", http.pathParam("project")).asException();
        }
        var visit = new Visit(site, http, caller, project, role);
        if (!visit.may(route.may())) {
            throw Refusal.forbidden("web.forbidden." + route.may()).asException();
        }
        return visit;
    }

    private void challenge(Visit visit, Route route) {
        var http = visit.http();
        if (route.isAskingForPassword()) {
            http.header("WWW-Authenticate", "Basic realm=\"Rondo\", charset=\"UTF-8\"");
            http.status(401).contentType("text/plain; charset=utf-8");
            http.result(visit.text("web.signin.token") + "\n");
        } else if (visit.wantsJson()) {
            http.header("WWW-Authenticate", "Bearer realm=\"Rondo\"");
            visit.refuse(Refusal.of("web.signin.token").status(401));
        } else if (visit.isFragment()) {
            http.status(401).header("HX-Redirect", "/session");
        } else {
            var path = http.path();
            var query = http.queryString();
            var next = query == null || query.isEmpty() ? path : path + "?" + query;
            var back = http.method().name().equals("GET") ? next : "/";
            visit.redirect("/session?next=" + URLEncoder.encode(back, StandardCharsets.UTF_8));
        }
    }

    /** Nobody is signed in where somebody must be. */
    private static final class Challenge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Challenge() {
            super("sign in", null, false, false);
        }
    }
}
