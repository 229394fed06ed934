package dev.rondo.web;

import dev.rondo.store.StoreFailure;
import dev.rondo.web.view.Trouble;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.ServletException;
import java.io.EOFException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.BadMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says no (the user's fault) or sorry (ours) as a page, as a part of one, or as JSON. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SAID = "rondo.said";

    private Failures() {}

    /** Stands in the log and on the page, short enough to be read to somebody. */
    static String newId() {
        var bytes = new byte[5];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static void refuse(Visit visit, Refusal refusal) {
        var http = visit.http();
        http.attribute(SAID, true);
        http.status(refusal.status());
        http.header("Cache-Control", "no-store");
        var text = visit.text(refusal.key(), refusal.args().toArray());
        if (visit.wantsJson()) {
            visit.json(
                    refusal.status(),
                    speaksGithub(http)
                            ? github(text, refusal.status())
                            : error(refusal.key(), text, refusal.field(), ""));
        } else if (visit.isFragment()) {
            partly(visit, text);
        } else {
            wholly(visit, refusal.status(), text, "");
        }
    }

    static void fail(Visit visit, Throwable failure) {
        if (isClientGone(failure)) {
            LOG.debug("client went away: {}", visit.http().path());
            return;
        }
        var bad = badMessage(failure);
        if (bad.isPresent()) {
            refuse(visit, ofStatus(bad.get().getCode()));
            return;
        }
        var id = newId();
        var http = visit.http();
        http.attribute(SAID, true);
        var full = fullDisk(failure);
        full.ifPresentOrElse(
                disk ->
                        LOG.error(
                                "{} {}: {}, id {}",
                                http.method(),
                                http.path(),
                                disk.getMessage(),
                                id),
                () -> LOG.error("{} {} failed, id {}", http.method(), http.path(), id, failure));
        int status = full.isPresent() ? 507 : 500;
        var key = full.isPresent() ? "web.full" : "web.failure";
        var text = visit.text(key, id);
        http.status(status);
        if (visit.wantsJson()) {
            visit.json(
                    status, speaksGithub(http) ? github(text, status) : error(key, text, "", id));
        } else if (visit.isFragment()) {
            partly(visit, text);
        } else {
            wholly(visit, status, text, id);
        }
    }

    /** What Jetty finds wrong while a handler reads: a form in parts that is none, or too large. */
    private static Optional<BadMessageException> badMessage(Throwable failure) {
        return failure instanceof ServletException
                        && failure.getCause() instanceof BadMessageException bad
                ? Optional.of(bad)
                : Optional.empty();
    }

    /** No mistake of ours: it needs space, not a look at a trace. */
    private static Optional<StoreFailure> fullDisk(Throwable failure) {
        return causes(failure).stream()
                .filter(StoreFailure.class::isInstance)
                .map(StoreFailure.class::cast)
                .filter(cause -> cause.category() == StoreFailure.Category.FULL)
                .findFirst();
    }

    /** What Javalin or Jetty refuse by themselves: an unknown path, a body that is too large. */
    static Refusal refusalOf(HttpResponseException e) {
        return ofStatus(e.getStatus());
    }

    static Refusal ofStatus(int status) {
        return switch (status) {
            case 404 -> Refusal.missing("web.missing");
            case 405 -> Refusal.of("web.method").status(405);
            case 413 -> Refusal.of("web.toolarge").status(413);
            default -> Refusal.of("web.bad").status(status >= 400 && status < 500 ? status : 400);
        };
    }

    static boolean hasSpoken(Context http) {
        return http.attribute(SAID) != null;
    }

    static Map<String, Object> error(String key, String text, String field, String id) {
        return Map.of("error", Map.of("key", key, "message", text, "field", field, "id", id));
    }

    /** GitHub's clients read GitHub's errors. */
    private static boolean speaksGithub(Context http) {
        return http.path().startsWith("/api/v3/");
    }

    private static Map<String, Object> github(String text, int status) {
        return Map.of(
                "message",
                text,
                "documentation_url",
                "https://docs.github.com/rest",
                "status",
                String.valueOf(status));
    }

    /** For htmx: nothing is swapped, and the page's script shows the text as a notice. */
    private static void partly(Visit visit, String text) {
        var http = visit.http();
        http.header("HX-Reswap", "none");
        http.contentType("text/plain; charset=utf-8").result(text);
    }

    private static void wholly(Visit visit, int status, String text, String id) {
        var title =
                switch (status) {
                    case 404 -> visit.text("web.missing.title");
                    case 403 -> visit.text("web.forbidden.title");
                    case 500, 507 -> visit.text("web.failure.title");
                    default -> visit.text("web.refused.title");
                };
        var back = visit.http().header("Referer");
        boolean hasBack =
                back != null && visit.http().host() != null && back.contains(visit.http().host());
        var trouble = new Trouble(status, title, text, id, hasBack && back != null ? back : "/");
        visit.page(Page.titled(title).status(status), Shells.trouble(visit, trouble));
    }

    private static boolean isClientGone(Throwable failure) {
        for (Throwable t : causes(failure)) {
            if (t instanceof EOFException
                    || t.getClass().getName().endsWith("EofException")
                    || "Broken pipe".equals(t.getMessage())) {
                return true;
            }
        }
        return false;
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        for (Throwable t = failure; t != null && causes.size() < 20; t = t.getCause()) {
            causes.add(t);
        }
        return causes;
    }
}
