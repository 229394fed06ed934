package dev.rondo.coding;

import dev.rondo.access.Caller;
import dev.rondo.access.Grant;
import dev.rondo.access.Projects;
import dev.rondo.access.Role;
import dev.rondo.git.GitService;
import dev.rondo.git.PushRules;
import dev.rondo.git.RefUpdate;
import dev.rondo.git.SmartHttp;
import dev.rondo.web.Gatekeeper;
import dev.rondo.web.May;
import dev.rondo.web.Refused;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Git over HTTP at {@code /{project}.git} and, as on GitHub, below an owner with or without {@code
 * .git}. The routes are open to programs on any site, so a session's cookie counts for nothing;
 * name and password or an access token come with each request. A refusal is one line of plain text,
 * which git shows to its user.
 */
final class GitGate {

    private static final String ROOT = "/{project}.git";
    private static final String OWNED = "/" + Projects.OWNER + "/{project}";

    private static final String ENDED = "access.token.ended";

    /** So long a slow client, or git at its work, may say nothing. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** Keeps the server from putting its page for "not found" over our line. */
    private static final String SAID = "rondo.said";

    private final Gatekeeper gatekeeper;
    private final Projects projects;
    private final ProjectRepositories repositories;
    private final Pushes pushes;
    private final PushLimits limits;

    GitGate(
            Gatekeeper gatekeeper,
            Projects projects,
            ProjectRepositories repositories,
            Pushes pushes,
            PushLimits limits) {
        this.gatekeeper = gatekeeper;
        this.projects = projects;
        this.repositories = repositories;
        this.pushes = pushes;
        this.limits = limits;
    }

    void routes(Routes routes) {
        for (String root : List.of(ROOT, OWNED + ".git")) {
            transport(routes, root);
            routes.get(
                            root + "/<file>",
                            May.ANYONE,
                            visit ->
                                    refuse(visit, exchange(visit, "", ""), 403, "coding.git.smart"))
                    .fromOtherSites();
        }
        transport(routes, OWNED);
    }

    private void transport(Routes routes, String root) {
        routes.get(root + "/info/refs", May.ANYONE, visit -> answer(visit, "/info/refs"))
                .fromOtherSites();
        for (String service : List.of("/git-upload-pack", "/git-receive-pack")) {
            routes.post(root + service, May.ANYONE, visit -> answer(visit, service))
                    .anyBody()
                    .fromOtherSites();
        }
    }

    private void answer(Visit visit, String resource) throws IOException {
        visit.http().attribute(SAID, true);
        visit.http().disableCompression();
        Caller caller;
        try {
            caller = caller(visit);
        } catch (Refused refused) {
            if (refused.refusal().key().equals(ENDED)) {
                // No name and password would help: asked for them, git would not show the reason.
                refuse(visit, exchange(visit, resource, ""), 403, ENDED);
            } else {
                challenge(visit, resource, refused);
            }
            return;
        }
        var exchange = exchange(visit, resource, caller.account());
        var service = GitService.of(resource, exchange.parameter("service"));
        if (!caller.signedIn()) {
            challenge(visit, exchange, visit.text("coding.git.signin"));
            return;
        }
        var project = visit.maybeProject();
        var role =
                project.map(p -> projects.role(caller, p.name(), Grant.CONTENTS)).orElse(Role.NONE);
        if (project.isEmpty() || role == Role.NONE) {
            refuse(visit, exchange, 404, "coding.git.missing", visit.param("project"));
        } else if (service.equals(Optional.of(GitService.RECEIVE_PACK))
                && !role.covers(Role.WRITER)) {
            refuse(
                    visit,
                    exchange,
                    403,
                    caller.grant().isPresent() ? "coding.git.job" : "coding.git.reader",
                    caller.account(),
                    project.get().name());
        } else {
            var rules =
                    new PushRules(
                            update -> refusal(visit, update),
                            updates -> pushes.record(project.get(), caller.account(), updates),
                            limits.of(project.get().name()));
            try (var ignored = visit.patience(LONGEST_PAUSE)) {
                repositories
                        .repositories()
                        .http()
                        .answer(exchange, repositories.of(project.get()).folder(), rules);
            }
        }
    }

    private static ServletExchange exchange(Visit visit, String resource, String user) {
        return new ServletExchange(visit.http(), resource, user);
    }

    /** Only what comes with the request itself counts, never a cookie. */
    private Caller caller(Visit visit) {
        return visit.http().header("Authorization") == null
                ? Caller.ANYONE
                : gatekeeper.caller(visit.http());
    }

    private static Optional<String> refusal(Visit visit, RefUpdate update) {
        return RefRules.refusal(update.ref()).map(visit::text);
    }

    private static void challenge(Visit visit, String resource, Refused refused)
            throws IOException {
        var refusal = refused.refusal();
        challenge(
                visit,
                exchange(visit, resource, ""),
                visit.text(refusal.key(), refusal.args().toArray()));
    }

    private static void challenge(Visit visit, ServletExchange exchange, String line)
            throws IOException {
        visit.http().header("WWW-Authenticate", "Basic realm=\"Rondo\", charset=\"UTF-8\"");
        SmartHttp.refuse(exchange, 401, line);
    }

    private static void refuse(
            Visit visit, ServletExchange exchange, int status, String key, Object... args)
            throws IOException {
        visit.http().attribute(SAID, true);
        SmartHttp.refuse(exchange, status, visit.text(key, args));
    }
}
